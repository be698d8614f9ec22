#include "sim/ambush.hpp"

#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include "sim/journal.hpp"

extern "C" {
#include <sys/pidfd.h>  // says nothing of C++ itself
}

namespace burstd::sim {

namespace {

constexpr int patience = 5000;  // ms; a process that waits for its disk takes some time to die

// True when it is gone, its ports closed.
bool kill_and_wait(pid_t process) {
  const int handle = pidfd_open(process, 0);
  if (handle < 0) return false;
  pollfd gone{handle, POLLIN, 0};
  const bool killed = pidfd_send_signal(handle, SIGKILL, nullptr, 0) == 0 && poll(&gone, 1, patience) == 1;
  ::close(handle);
  return killed;
}

}  // namespace

Ambush::Ambush(Agenda& agenda, Journal& journal, Struck struck)
    : x_agenda(agenda), x_journal(journal), x_struck(std::move(struck)) {
  journal.watch([this](const Identity& who, std::string_view step, std::string_view told) { passed(who, step, told); });
}

void Ambush::lay(Snare snare) { x_snare = std::move(snare); }

void Ambush::passed(const Identity& who, std::string_view step, std::string_view told) {
  if (x_snare.process == 0 || step != x_snare.step) return;
  if (!x_snare.modem.empty() && who.name != x_snare.modem) return;
  if (told.find(x_snare.with) == std::string_view::npos || --x_snare.number > 0) return;
  const Snare snare = std::exchange(x_snare, Snare{});
  if (snare.after.count() == 0) return strike(who, snare);
  x_agenda.after(snare.after, [this, who, snare] { strike(who, snare); });
}

void Ambush::strike(const Identity& who, const Snare& snare) {
  const bool gone = kill_and_wait(snare.process);
  boost::json::object fields;
  fields["process"] = snare.process;
  fields["step"] = snare.step;
  fields["gone"] = gone;
  x_journal.write(who, "killed", fields);
  if (gone) x_struck(snare.lose);
}

}  // namespace burstd::sim

#include "ctl/probe/probe_overheard.hpp"

#include <algorithm>
#include <variant>

#include "async/scope.hpp"

namespace burstd::ctl {

namespace {

constexpr std::chrono::milliseconds listening_step{100};
constexpr std::size_t most_beginnings = 50;
constexpr std::size_t longest_beginning = 40;

}  // namespace

// "^RSSI:" of "^RSSI: 14", the whole of a line without a colon.
std::string Eavesdropper::beginning_of(const std::string& line) const {
  const auto known = std::ranges::find_if(x_known, [&](const std::string& each) { return line.starts_with(each); });
  if (known != x_known.end()) return *known;
  const auto colon = line.find(':');
  const std::string beginning = colon == std::string::npos ? line : line.substr(0, colon + 1);
  return beginning.substr(0, longest_beginning);
}

async::Task<> Eavesdropper::overhear(modem::Terminal& terminal) {
  std::uint64_t known = terminal.chatter();
  while (!terminal.over()) {
    co_await terminal.happened().wait();
    if (terminal.chatter() != known) note(at::Other{terminal.last_chatter()});
    known = terminal.chatter();
    while (const auto heard = terminal.next_event()) note(heard->event);
  }
}

async::Task<> Eavesdropper::listen(serial::Port port, int seconds, const Watching& watching) {
  async::Scope reading(co_await async::this_executor());
  reading.spawn(read(port));
  const base::Steady start = async::now().steady, until = start + std::chrono::seconds{seconds};
  while (async::now().steady < until && watching.wait(base::Milliseconds{0})) {
    co_await async::sleep_for(listening_step);
  }
  x_heard.listened_s = static_cast<int>(std::chrono::round<std::chrono::seconds>(async::now().steady - start).count());
  port.close();
  co_await reading.join();
}

async::Task<> Eavesdropper::read(serial::Port& port) {
  at::Dialogue dialogue;
  for (;;) {
    const auto octets = co_await port.read_some();
    if (!octets) co_return;
    for (const at::Effect& effect : dialogue.feed(*octets)) {
      if (const auto* unsolicited = std::get_if<at::Unsolicited>(&effect)) note(unsolicited->event);
    }
  }
}

void Eavesdropper::note(const at::Event& event) {
  const bool report =
      std::holds_alternative<at::StatusReport>(event) || std::holds_alternative<at::StoredReport>(event);
  const bool message = std::holds_alternative<at::Deliver>(event) || std::holds_alternative<at::StoredMessage>(event);
  x_heard.reports += report ? 1 : 0;
  x_heard.messages += message ? 1 : 0;
  const auto* other = std::get_if<at::Other>(&event);
  if (other == nullptr) return;
  const std::string beginning = beginning_of(other->line);
  const auto known = std::ranges::find(x_heard.lines, beginning, &HeardLine::beginning);
  if (known != x_heard.lines.end()) {
    ++known->times;
  } else if (x_heard.lines.size() < most_beginnings) {
    x_heard.lines.push_back(HeardLine{beginning, 1});
  }
}

}  // namespace burstd::ctl

// Who waits for what: when a modem comes to a certain step, a process is killed there and then, and the modem goes on
// only when it is gone. So a test can kill a daemon between any two steps. Steps are the events of the journal and some
// marks beside them; whoever makes them knows nothing of this. It never touches a process that no order has named.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <string_view>

#include "sim/agenda.hpp"
#include "sim/identity.hpp"

namespace burstd::sim {

class Journal;

struct Snare {
  pid_t process = 0;
  std::string step;             // "submit", "prompt" …
  std::string modem;            // empty: any
  std::string with;             // stands in the journal's line, or in what a mark tells; empty: anything
  int number = 1;               // the first such step, the second …
  base::Milliseconds after{0};  // so long after it
  bool lose = false;            // what the process wrote and the modem has not read is gone
};

class Ambush {
 public:
  using Struck = std::function<void(bool lose)>;

  Ambush(Agenda& agenda, Journal& journal, Struck struck);

  // One at a time: the newest.
  void lay(Snare snare);
  void lift() { x_snare = Snare{}; }

 private:
  void passed(const Identity& who, std::string_view step, std::string_view told);
  void strike(const Identity& who, const Snare& snare);

  Agenda& x_agenda;
  Journal& x_journal;
  Struck x_struck;
  Snare x_snare;  // without a process: none
};

}  // namespace burstd::sim

// One question after the other to a modem that nothing is known about: each is timed and kept, silence to one of them
// is no reason to ask no more. Used by the parts of the probe. It decides nothing and never submits a message.
#pragma once

#include <string>
#include <vector>

#include "async/task.hpp"
#include "ctl/probe/probe_findings.hpp"
#include "ctl/words/term.hpp"
#include "modem/terminal.hpp"

namespace burstd::ctl {

class ProbeLine {
 public:
  ProbeLine(modem::Terminal& terminal, const Watching& watching) : x_terminal(terminal), x_watching(watching) {}

  // Asked again while the modem says that it is busy. After Ctrl-C, and when the modem is gone, nothing is asked.
  async::Task<Exchange> ask(at::Command command, base::Milliseconds patience = std::chrono::seconds{10});

  // The last line of the answer; empty when there is none.
  async::Task<std::string> line(std::string text, std::string prefix);

  // From now on Ctrl-C holds nothing up: what was changed is put back.
  void finish() { x_finishing = true; }

  bool interrupted() const { return !x_watching.wait(base::Milliseconds{0}); }
  bool open() const { return !x_terminal.over() && (x_finishing || !interrupted()); }

  const std::vector<Exchange>& exchanges() const { return x_exchanges; }

 private:
  async::Task<> reassure(std::string command);

  modem::Terminal& x_terminal;
  const Watching& x_watching;
  std::vector<Exchange> x_exchanges;
  bool x_finishing = false;
};

}  // namespace burstd::ctl

// Lines that a modem says unasked, gathered while the probe asks and while it only listens. Used by probe. Of a line
// only its beginning is kept, for behind it may stand a caller's number; of reports and messages only that they came.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "async/task.hpp"
#include "ctl/probe/probe_findings.hpp"
#include "ctl/words/term.hpp"
#include "modem/terminal.hpp"
#include "serial/port.hpp"

namespace burstd::ctl {

class Eavesdropper {
 public:
  // `known`: beginnings by which drivers know a line.
  explicit Eavesdropper(std::vector<std::string> known) : x_known(std::move(known)) {}

  // Until the terminal is over. Of lines that come at once it hears the last: the terminal keeps no more.
  async::Task<> overhear(modem::Terminal& terminal);

  // Reads the port, and writes nothing, for so many seconds; Ctrl-C ends it sooner.
  async::Task<> listen(serial::Port port, int seconds, const Watching& watching);

  const Overheard& heard() const { return x_heard; }

 private:
  async::Task<> read(serial::Port& port);
  void note(const at::Event& event);

  std::string beginning_of(const std::string& line) const;

  const std::vector<std::string> x_known;
  Overheard x_heard;
};

}  // namespace burstd::ctl

// Talks to a modem that nothing is known about, and finds out what a driver for it would have to say. Called by
// `burstctl driver probe`; asks no gateway. It sends no message, types no PIN, restarts nothing, and puts back what it
// changes.
#pragma once

#include <string>
#include <vector>

#include "ctl/probe/probe_findings.hpp"
#include "ctl/words/term.hpp"

namespace burstd::ctl {

struct Probing {
  std::string port;
  int baud = 115200;
  int listen = 10;  // seconds at the end in which it only listens
  serial::Folders folders;
};

// Blocks until it is done. Ctrl-C ends it sooner, and what was changed is put back all the same.
Findings probe(const Probing& probing, const std::vector<modem::Driver>& drivers, const Watching& watching);

}  // namespace burstd::ctl

// The commands about bursts: what may be typed after burst preview, send, show, list and cancel. Used by command_line;
// nothing is done here.
#pragma once

#include <cstddef>

#include "ctl/burst/burst_commands.hpp"
#include "ctl/burst/burst_show.hpp"
#include "ctl/line/finish.hpp"

namespace burstd::ctl {

struct BurstWishes {
  Launch launch;
  Showing showing;
  Withdrawal withdrawal;
  std::size_t most = 50;  // of the list
};

// `wishes` is read into when the line is parsed and must live until the command has run.
void add_burst_commands(CLI::App& parent, BurstWishes& wishes, const Finish& finish);

}  // namespace burstd::ctl

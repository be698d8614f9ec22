// What burstctl understands: its commands, options and their help; finds the command and runs it. The only
// room of CLI11.
#pragma once

#include <string>
#include <vector>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

// `args` without the program's name. Prints to the terminal given; the exit status is the process's.
Exit run(const std::vector<std::string>& args, const Term& term);

}  // namespace burstd::ctl

// What bash may complete: a script made from the command line as it is, so that no command or option is missing in it.
// Options that take one of a few words offer these; other values and arguments complete to file names.
#pragma once

#include <CLI/App.hpp>
#include <string>

namespace burstd::ctl {

std::string bash_completion(const CLI::App& app);

}  // namespace burstd::ctl

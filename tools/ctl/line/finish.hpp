// What the parts of the command line that stand in files of their own get from it: how a command becomes one of
// burstctl's. Runs nothing.
#pragma once

#include <functional>

#include "ctl/wire/session.hpp"

namespace CLI {
class App;
}

namespace burstd::ctl {

// Gives a command the options that every command has, and what is to run when it was typed.
using Finish = std::function<void(CLI::App& command, std::function<Exit(const Session&)> run)>;

}  // namespace burstd::ctl

// The line "burstctl pdu …": its commands, options and help. A part of the command line, which calls it once; the
// other file that knows CLI11. Runs nothing itself.
#pragma once

#include <functional>

#include "ctl/pdu_commands.hpp"

namespace CLI {
class App;
}

namespace burstd::ctl {

struct PduWishes {
  PduReading reading;
  PduWriting writing;
};

// Gives a command the options that every command has, and what is to run when it was typed.
using Finish = std::function<void(CLI::App& command, std::function<Exit(const Session&)> run)>;

// `wishes` is read into when the line is parsed and must live until the command has run.
void add_pdu_commands(CLI::App& parent, PduWishes& wishes, const Finish& finish);

}  // namespace burstd::ctl

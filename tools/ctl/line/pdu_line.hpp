// The line "burstctl pdu …": its commands, options and help. A part of the command line, which calls it once;
// like file_line it knows CLI11. Runs nothing itself.
#pragma once

#include "ctl/line/finish.hpp"
#include "ctl/pdu/pdu_commands.hpp"

namespace burstd::ctl {

struct PduWishes {
  PduReading reading;
  PduWriting writing;
};

// `wishes` is read into when the line is parsed and must live until the command has run.
void add_pdu_commands(CLI::App& parent, PduWishes& wishes, const Finish& finish);

}  // namespace burstd::ctl

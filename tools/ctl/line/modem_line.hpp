// The lines "burstctl modems …" and "burstctl modem …": their commands, options and help. A part of the command line,
// which calls it once and knows what every command has. Runs nothing itself.
#pragma once

#include "ctl/gateway/modem_commands.hpp"
#include "ctl/line/pdu_line.hpp"

namespace burstd::ctl {

// `handling` is read into when the line is parsed and must live until the command has run.
void add_modem_commands(CLI::App& parent, Handling& handling, const Finish& finish);

}  // namespace burstd::ctl

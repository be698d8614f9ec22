// The lines "burstctl verify", "backup", "restore", "release" and "audit": their options and help. A part of the
// command line, which calls it once. Runs nothing itself.
#pragma once

#include "ctl/care/record_commands.hpp"
#include "ctl/line/finish.hpp"

namespace burstd::ctl {

// `wishes` is read into when the line is parsed and must live until the command has run.
void add_record_commands(CLI::App& parent, RecordWishes& wishes, const Finish& finish);

}  // namespace burstd::ctl

// The lines "burstctl inbox …" and "burstctl opt-out …": their commands, options and help. A part of the command line,
// which calls it once. Runs nothing itself.
#pragma once

#include "ctl/desk/inbox_commands.hpp"
#include "ctl/desk/opt_out_commands.hpp"
#include "ctl/line/finish.hpp"

namespace burstd::ctl {

struct PatientWishes {
  InboxWish inbox;
  OptOutWish opt_out;
};

// `wishes` is read into when the line is parsed and must live until the command has run.
void add_patient_commands(CLI::App& parent, PatientWishes& wishes, const Finish& finish);

}  // namespace burstd::ctl

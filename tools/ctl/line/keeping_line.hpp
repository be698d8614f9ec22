// The lines "burstctl template …" and "burstctl group …": their commands, options and help. A part of the command line,
// which calls it once. Runs nothing itself.
#pragma once

#include "ctl/desk/group_commands.hpp"
#include "ctl/desk/template_commands.hpp"
#include "ctl/line/finish.hpp"

namespace burstd::ctl {

struct KeepingWishes {
  TemplateWish named;
  GroupWish group;
};

// `wishes` is read into when the line is parsed and must live until the command has run.
void add_keeping_commands(CLI::App& parent, KeepingWishes& wishes, const Finish& finish);

}  // namespace burstd::ctl

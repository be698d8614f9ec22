// The lines "burstctl config …" and "burstctl driver …": their commands, options and help. A part of the command line,
// which calls it once. Runs nothing itself.
#pragma once

#include <string>

#include "ctl/line/finish.hpp"
#include "ctl/probe/driver_commands.hpp"
#include "ctl/probe/probe_command.hpp"

namespace burstd::ctl {

struct FileWishes {
  std::string file;
  config::DriverFolders folders;
  ProbeWishes probe;
};

// `wishes` is read into when the line is parsed and must live until the command has run.
void add_file_commands(CLI::App& parent, FileWishes& wishes, const Finish& finish);

}  // namespace burstd::ctl

// burstctl driver probe PORT: asks a modem, prints the report and the draft of a driver's file. Called by the command
// line. Asks no gateway; overwrites no file.
#pragma once

#include <string>

#include "config/loader.hpp"
#include "ctl/probe/probe.hpp"
#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct ProbeWishes {
  Probing probing;
  std::string sysfs, devices;  // other folders than /sys and /dev
  std::string output;          // where the draft goes; empty: standard output
  bool full = false;           // card and subscriber numbers whole
};

// Exit::refused where nothing answered, or not to the end.
Exit probe_modem(const Session& session, const ProbeWishes& wishes, const config::DriverFolders& folders);

}  // namespace burstd::ctl

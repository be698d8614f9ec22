// burstctl driver list and check, and config check: the files that an administrator writes, read as the daemon reads
// them. Called by the command line. Asks no gateway and opens no port; what a modem thinks of a driver is not known
// here.
#pragma once

#include <string>

#include "config/loader.hpp"
#include "ctl/wire/session.hpp"

namespace burstd::ctl {

// Exit::refused where a file has a mistake; the sound ones are listed all the same.
Exit list_drivers(const Session& session, const config::DriverFolders& folders);

// Exit::refused where there is any complaint.
Exit check_driver(const Session& session, const std::string& file);
Exit check_config(const Session& session, const std::string& file);

}  // namespace burstd::ctl

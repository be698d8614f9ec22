// The pieces of a support bundle that do not come from the gateway: the system, the configuration, the drivers, the
// ports, the record's file and the journal. Each is a text that is ready to be read, masked, or the reason why it could
// not be had.
#pragma once

#include <string>

#include "config/loader.hpp"

namespace burstd::ctl {

std::string system_piece();
std::string configuration_piece(const std::string& file);
std::string drivers_piece(const config::DriverFolders& folders);
std::string ports_piece(const std::string& sysfs, const std::string& devices);

// What the record says of itself in the head of its file: version of its tables, size. None of its rows.
std::string record_piece(const std::string& folder);
std::string journal_piece();

}  // namespace burstd::ctl

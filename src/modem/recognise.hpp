// Which driver fits a modem: the one the administrator named, else the one that knows its +CGMI and +CGMM, else
// "generic". Data decides; nothing here knows a make.
#pragma once

#include <string>
#include <vector>

#include "modem/driver.hpp"
#include "modem/status.hpp"

namespace burstd::modem {

// What to go by before the modem has said who it is. `wanted` may be empty.
Driver first_driver(const std::vector<Driver>& drivers, const std::string& wanted);

Driver recognise(const std::vector<Driver>& drivers, const std::string& wanted, const Identity& identity);

}  // namespace burstd::modem

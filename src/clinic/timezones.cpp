#include "clinic/timezones.hpp"

#include "calendar/zone.hpp"

namespace burstd::clinic {

bool is_timezone(const std::string& name) { return calendar::is_zone(name); }

}  // namespace burstd::clinic

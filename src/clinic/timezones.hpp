// Whether a time zone exists on this machine, by its name in the package tzdata. api asks for every request that
// names one. (The zones of std::chrono come only with GCC 13.)
#pragma once

#include <string>

namespace burstd::clinic {

// Any well-formed name where the machine has no zones at all.
bool is_timezone(const std::string& name);

}  // namespace burstd::clinic

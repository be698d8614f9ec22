// The names of what staff keep, templates and groups, and how many of each. TemplateShelf and Groups hold every new one
// to it.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"

namespace burstd::clinic {

inline constexpr std::size_t most_kept = 1000;  // of each

// Nothing: the name has 1 to 64 of a-z, 0-9 and "-". Else "name-invalid".
std::optional<base::Error> wrong_name(const std::string& name);

}  // namespace burstd::clinic

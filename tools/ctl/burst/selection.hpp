// What people type to choose something: rows ("3,7-9" into 3, 7, 8, 9) and IDs. Pure.
// Used by the command line and by burst_commands; does not know what exists.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace burstd::ctl {

// An ID in the gateway's own letters, however it was typed: " zffzrx-10" is ZFFZRX-10.
std::string as_id(std::string_view typed);

inline constexpr int most_rows = 100'000;  // that a gateway may allow; what it does allow it says itself

// Sorted, each once. Fails with code "rows-invalid".
base::Result<std::vector<int>> read_rows(std::string_view typed);

}  // namespace burstd::ctl

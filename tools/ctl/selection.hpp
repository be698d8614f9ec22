// Rows as people write them: "3,7-9" into 3, 7, 8, 9. Pure.
// Used by burst_commands; does not know which rows exist.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace burstd::ctl {

inline constexpr int most_rows = 100'000;  // that a gateway may allow; what it does allow it says itself

// Sorted, each once. Fails with code "rows-invalid".
base::Result<std::vector<int>> read_rows(std::string_view typed);

}  // namespace burstd::ctl

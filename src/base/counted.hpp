// A number with its noun, in the one form for one and in the other for all the rest: "1 message", "0 messages". For
// sentences that people read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace burstd::base {

inline std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
  return std::to_string(number).append(" ").append(number == 1 ? one : many);
}

}  // namespace burstd::base

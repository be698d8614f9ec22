// What a person typed, stripped of everything that only divides: the digits, whether a plus sign came first, and where
// a "(0)" stood. For number.cpp; knows no country.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace burstd::number {

struct Typed {
  bool plus = false;
  std::string digits;                         // with the zero of "(0)"
  std::optional<std::size_t> bracketed_zero;  // its index in `digits`
};

// Fails with "number-missing" or "number-invalid".
base::Result<Typed> read_typed(std::string_view text);

std::string without_bracketed_zero(const Typed& typed);

// "Phone number is not valid: …", code "number-invalid".
base::Error not_valid(std::string_view why);

}  // namespace burstd::number

// Numbers of people kept back in a text that others read, all but their last digits. A number is a run of digits, with
// a '+' before it or not; behind a '+', or where it begins with 0, also one in groups with blanks, hyphens, slashes or
// brackets between them, as people write it. Pure; each caller says from how many digits on a run is kept back. What
// is no run of digits (texts, PINs by their name, PDUs) is for the callers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace burstd::base {

struct Masking {
  std::size_t shortest;          // digits; a shorter run stays as it is
  std::size_t shown = 3;         // of its last digits
  bool only_after_plus = false;  // everything else stays
};

// "+41 79 123 45 67" and "0791234567" become "…567". "(079) 123 45 67": nine digits or more, else a date would be one.
std::string without_numbers(std::string_view text, Masking masking);

// "…567" of a number or name that is known to be one; "…" where there is not more of it; empty stays empty.
std::string last_digits(std::string_view number, std::size_t shown = 3);

}  // namespace burstd::base

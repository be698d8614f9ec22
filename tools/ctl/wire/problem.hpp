// The gateway's refusals (application/problem+json) in words for people: what was wrong, every fault on its own
// line, and what to do now. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ctl/wire/client.hpp"

namespace burstd::ctl {

// "/recipients/3/to" → "row 4, to"; with the rows' lines in the file "row 4 (line 6), to".
std::string in_words(std::string_view pointer, const std::vector<std::size_t>& lines);

// Several lines, the first of which begins with "burstctl: ". Copes with an answer that is no problem document.
std::string explain(const Answer& answer, const std::vector<std::size_t>& lines);

}  // namespace burstd::ctl

// Words in a text, whatever their case: finds those that should not stand on somebody's lock screen. Letters of the
// Latin, Greek and Cyrillic scripts are compared without case; accents count.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace burstd::burst {

// True when one of the words (or phrases) stands in the text as a whole word.
bool holds_word(std::string_view text, const std::vector<std::string>& words);

}  // namespace burstd::burst

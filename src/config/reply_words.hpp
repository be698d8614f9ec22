// What the words for replies must be as a whole: none with two meanings, STOP and START always understood, and nothing
// taken for STOP that patients say to mean something else. sections.cpp uses it.
#pragma once

#include <string>

#include "base/result.hpp"
#include "config/slot.hpp"
#include "gateway/options.hpp"

namespace burstd::config {

void check_reply_words(const Slot& slot, const message::ReplyWords& words);

base::Result<std::string> short_text(const std::string& text);  // at most 160 characters, not blank

}  // namespace burstd::config

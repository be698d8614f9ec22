// Letters without their case, for words that people type: Latin, Greek and Cyrillic, accents count. Pure tables of our
// own: the C library's depend on the locale of the process.
#pragma once

#include <string>
#include <string_view>

namespace burstd::base {

char32_t lower(char32_t letter);

// Code points in lower case; empty where the text is not UTF-8.
std::u32string lowered(std::string_view text);

// Blanks of any kind, also those that nobody sees (no-break, zero width, byte order mark).
bool is_blank(char32_t point);

// lowered(), without the blanks around it and with one for each run of them within.
std::u32string bare_words(std::string_view text);

}  // namespace burstd::base

// Text as a terminal shows it: how many columns it takes, and cut to fit. Every text that came from
// elsewhere (patients' names, messages, the gateway's sentences) passes through printable() before it
// reaches a terminal, so that nobody's message can move a cursor.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace burstd::ctl {

// Wide characters and emoji count 2, combining marks 0; an emoji joined to others counts once.
std::size_t display_width(std::string_view text);

// `text` when it fits, else its beginning and "…", at most `width` columns, marks kept with their letter.
std::string cut(std::string_view text, std::size_t width);

// Line ends as "⏎", tabs as a space, other control characters and broken UTF-8 as "�".
std::string printable(std::string_view text);

// The same, but line ends stay.
std::string printable_lines(std::string_view text);

// Without the blanks around it.
std::string_view trimmed(std::string_view text, std::string_view blanks = " \t\r\n");

}  // namespace burstd::ctl

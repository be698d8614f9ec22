// Members that several kinds of request have, each read in one way: texts, time zones, fields for placeholders, a
// template's text. The readers of whole bodies (requests, templates, groups) use them; they note faults in the form.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/form.hpp"
#include "burst/template.hpp"

namespace burstd::api {

inline constexpr Length reference{1, 200};
inline constexpr Length number_length{0, 200};
inline constexpr Length text_length{1, 8000};  // far beyond what may be sent, and never more than 255 segments
inline constexpr Length value_length{0, 1000};
inline constexpr Length context_length{0, 2000};

// Required and not blank.
std::string read_words(Form& form, const char* name, Length length);

std::optional<std::string> read_timezone(Form& form);
burst::Fields read_fields(Form& form);

// A text with placeholders, in the member "text".
void check_text(Form& form, const std::string& text);

}  // namespace burstd::api

// Small words about text that the AT language needs: comparison without regard to case (ASCII only), trimming,
// and the comma-separated fields behind a prefix (27.007, 4.3). Used inside at only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace burstd::at {

std::string_view trimmed(std::string_view text);
bool same(std::string_view left, std::string_view right);
bool starts(std::string_view text, std::string_view prefix);

// Decimal digits only, at most nine of them.
std::optional<int> number(std::string_view text);

// At least one hexadecimal digit, nothing else.
bool is_hex(std::string_view text);
bool is_digits(std::string_view text);

struct Field {
  std::string text;  // without its quotes
  bool quoted;
};

// The fields of `+CREG: 0,1,"1A2B"`; of a line without a prefix, all of it.
std::vector<Field> fields(std::string_view line);

// What follows the first colon, trimmed; a line without a colon whole.
std::string_view after_prefix(std::string_view line);

}  // namespace burstd::at

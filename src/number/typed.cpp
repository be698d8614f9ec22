#include "number/typed.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace burstd::number {
namespace {

constexpr std::u32string_view dividers =
    U" \t\r\n.-/\\()[]'_~"
    U"\u00A0\u00AD\u00B7\u2022\u2019\u2212\uFEFF";

// General punctuation that divides or is not seen: blanks, hyphens, marks of direction.
bool is_divider(char32_t c) {
  if (dividers.find(c) != std::u32string_view::npos) return true;
  return (c >= 0x2000 && c <= 0x2015) || (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F);
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_plus(char32_t c) { return c == U'+' || c == 0xFF0B; }
bool is_blank(char32_t c) { return c != U'(' && c != U')' && is_divider(c); }

bool is_letter(char32_t c) {
  return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') || (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7);
}

base::Error foreign(char32_t c) {
  if (is_letter(c)) return not_valid("it contains letters; leave out names and extensions");
  if (is_plus(c)) return not_valid("a plus sign belongs only at its beginning");
  if (c == U',' || c == U';') return not_valid("it looks like more than one number; give one only");
  if (c == U'*' || c == U'#') return not_valid("it is a service code, not a person's phone");
  return not_valid("it contains a sign that belongs in no phone number");
}

// Whether the digit at `at` is a zero alone in round brackets.
bool is_bracketed_zero(std::u32string_view text, std::size_t at) {
  if (text[at] != U'0') return false;
  std::size_t before = at;
  while (before > 0 && is_blank(text[before - 1])) --before;
  std::size_t after = at + 1;
  while (after < text.size() && is_blank(text[after])) ++after;
  return before > 0 && text[before - 1] == U'(' && after < text.size() && text[after] == U')';
}

base::Result<Typed> read(std::u32string_view text) {
  Typed typed;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char32_t c = text[at];
    if (is_digit(c)) {
      if (is_bracketed_zero(text, at) && !typed.bracketed_zero) typed.bracketed_zero = typed.digits.size();
      typed.digits.push_back(static_cast<char>(c));
    } else if (is_plus(c) && typed.digits.empty() && !typed.plus) {
      typed.plus = true;
    } else if (!is_divider(c)) {
      return foreign(c);
    }
  }
  return typed;
}

}  // namespace

base::Error not_valid(std::string_view why) {
  return base::malformed("number-invalid", "Phone number is not valid: " + std::string(why) + ".");
}

base::Result<Typed> read_typed(std::string_view text) {
  const auto points = base::from_utf8(text);
  if (!points) return not_valid("it is not readable text");
  if (std::ranges::all_of(*points, is_divider)) return base::malformed("number-missing", "Phone number is missing.");
  return read(*points);
}

std::string without_bracketed_zero(const Typed& typed) {
  std::string digits = typed.digits;
  if (typed.bracketed_zero) digits.erase(*typed.bracketed_zero, 1);
  return digits;
}

}  // namespace burstd::number

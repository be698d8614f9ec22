#include "at/text.hpp"

#include <algorithm>

namespace burstd::at {

namespace {

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool is_hex_digit(char letter) {
  const char low = lower(letter);
  return is_digit(letter) || (low >= 'a' && low <= 'f');
}

Field unquoted(std::string_view text) {
  const std::string_view bare = trimmed(text);
  if (bare.empty() || bare.front() != '"') return Field{std::string(bare), false};
  const std::string_view inside = bare.substr(1);
  return Field{std::string(inside.substr(0, inside.find('"'))), true};
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool same(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

bool starts(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && same(text.substr(0, prefix.size()), prefix);
}

std::optional<int> number(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.size() > 9 || !is_digits(text)) return std::nullopt;
  int value = 0;
  for (const char digit : text) value = value * 10 + (digit - '0');
  return value;
}

bool is_hex(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_hex_digit); }

bool is_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

std::string_view after_prefix(std::string_view line) {
  const std::size_t colon = line.find(':');
  return trimmed(colon == std::string_view::npos ? line : line.substr(colon + 1));
}

std::vector<Field> fields(std::string_view line) {
  const std::string_view text = after_prefix(line);
  std::vector<Field> found;
  std::size_t from = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (text[at] != ',' || quoted) continue;
    found.push_back(unquoted(text.substr(from, at - from)));
    from = at + 1;
  }
  found.push_back(unquoted(text.substr(from)));
  return found;
}

}  // namespace burstd::at

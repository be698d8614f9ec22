#include "ctl/care/bundle_mask.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "ctl/words/look.hpp"

namespace burstd::ctl {

namespace {

constexpr std::size_t shortest = 7, left_open = 3;
constexpr std::array<std::string_view, 9> words_of_others{
    "text", "message", "answer", "patient", "patient_name", "context", "number_as_typed", "user", "notes"};

bool is_numeral(char letter) { return letter >= '0' && letter <= '9'; }

// Digits of a number as people write it: "079 123 45 67" is one run.
bool goes_on(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const bool joint = (text[at] == ' ' || text[at] == '-' || text[at] == '/') && at + 1 < text.size();
  return is_numeral(text[at]) || (joint && is_numeral(text[at + 1]));
}

}  // namespace

std::string without_long_numbers(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1, plain = at + 1;  // with blanks and the like; without
    if (is_numeral(text[at])) {
      while (goes_on(text, end)) ++end;
      while (plain < text.size() && is_numeral(text[plain])) ++plain;
    }
    const bool spaced = end - plain > 0 && text[at] == '0' && end - at > shortest + 2;
    if (spaced) plain = end;
    const bool number = is_numeral(text[at]) && plain - at >= shortest;
    out += number ? "…" : "";
    out += number ? text.substr(plain - left_open, left_open) : text.substr(at, plain - at);
    at = plain;
  }
  return out;
}

json::value masked(const json::value& value) {
  if (value.is_string()) return json::value(without_long_numbers(value.as_string()));
  if (value.is_array()) {
    json::array all;
    for (const json::value& each : value.as_array()) all.push_back(masked(each));
    return all;
  }
  if (!value.is_object()) return value;
  json::object all;
  for (const auto& [name, each] : value.as_object()) {
    const bool kept_back = std::ranges::find(words_of_others, std::string_view(name)) != words_of_others.end();
    all.emplace(without_long_numbers(name), kept_back && each.is_string() ? json::value("…") : masked(each));
  }
  return all;
}

}  // namespace burstd::ctl

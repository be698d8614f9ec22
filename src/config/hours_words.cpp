// The readers of words.hpp for when and where: hours of the week, prefixes of numbers.
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "config/words.hpp"

namespace burstd::config {

namespace {

constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

using Pair = std::pair<std::string_view, std::string_view>;

std::optional<Pair> split(std::string_view text, char at) {
  const auto place = text.find(at);
  if (place == std::string_view::npos) return std::nullopt;
  return Pair{text.substr(0, place), text.substr(place + 1)};
}

std::optional<int> weekday(std::string_view text) {
  const auto* const found = std::ranges::find(weekdays, text);
  if (found == weekdays.end()) return std::nullopt;
  return static_cast<int>(found - weekdays.begin()) + 1;
}

std::optional<int> two_digits(std::string_view text) {
  int value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = failure == std::errc{} && end == text.data() + text.size();
  if (!whole || text.empty() || text.size() > 2 || text[0] == '-') return std::nullopt;
  return value;
}

// "8:00" to "24:00"
std::optional<int> minute_of_day(std::string_view text) {
  const auto parts = split(text, ':');
  if (!parts || parts->second.size() != 2) return std::nullopt;
  const auto hour = two_digits(parts->first), minute = two_digits(parts->second);
  if (!hour || !minute || *minute > 59) return std::nullopt;
  const int all = *hour * 60 + *minute;
  return all <= 1440 ? std::optional(all) : std::nullopt;
}

std::optional<message::Hours> hours_from(std::string_view text) {
  const auto halves = split(text, ' ');
  if (!halves) return std::nullopt;
  const auto days = split(halves->first, '-').value_or(Pair{halves->first, halves->first});
  const auto span = split(halves->second, '-');
  if (!span) return std::nullopt;
  const auto first = weekday(days.first), last = weekday(days.second);
  const auto from = minute_of_day(span->first), to = minute_of_day(span->second);
  if (!first || !last || !from || !to || *from >= *to) return std::nullopt;
  return message::Hours{*first, *last, *from, *to};
}

// "Mon - Fri  08:00 - 20:00" as "mon-fri 08:00-20:00".
std::string plain(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == ' ' && (out.empty() || out.back() == ' ' || out.back() == '-')) continue;
    if (letter == '-' && out.ends_with(' ')) out.pop_back();
    out += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace

base::Result<message::Hours> hours_of_week(const std::string& text) {
  const auto hours = hours_from(plain(text));
  if (!hours)
    return wrong(
        "must be days and hours such as \"mon-fri 08:00-20:00\" or \"sat 09:00-12:00\", within one day, not \"" + text +
        "\"");
  return *hours;
}

base::Result<std::string> number_prefix(const std::string& text) {
  const auto digit = [](char letter) { return letter >= '0' && letter <= '9'; };
  const bool good = text.size() >= 2 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
                    std::all_of(text.begin() + 1, text.end(), digit);
  if (!good) return wrong("must be how numbers begin, with the country code: \"+4179\", not \"" + text + "\"");
  return text;
}

}  // namespace burstd::config

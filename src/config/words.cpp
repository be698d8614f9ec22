#include "config/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <utility>

namespace burstd::config {

namespace {

struct Unit {
  std::string_view name;
  std::int64_t factor;
};

constexpr std::array spans{Unit{"d", 86'400'000}, Unit{"h", 3'600'000}, Unit{"min", 60'000}, Unit{"s", 1'000},
                           Unit{"ms", 1}};
constexpr std::array sizes{Unit{"GiB", 1LL << 30}, Unit{"MiB", 1LL << 20}, Unit{"KiB", 1LL << 10}, Unit{"B", 1}};

// A whole number, an optional blank and a unit; nothing when it is not that or does not fit.
std::optional<std::int64_t> read_quantity(std::string_view text, std::span<const Unit> units) {
  std::int64_t count = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (failure != std::errc{} || count < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.starts_with(' ')) text.remove_prefix(1);
  const auto unit = std::ranges::find(units, text, &Unit::name);
  std::int64_t product = 0;
  if (unit == units.end() || __builtin_mul_overflow(count, unit->factor, &product)) return std::nullopt;
  return product;
}

std::string quantity_to_words(std::int64_t amount, std::span<const Unit> units) {
  const auto fits = [&](const Unit& unit) { return amount >= unit.factor && amount % unit.factor == 0; };
  const auto unit = std::ranges::find_if(units, fits);
  const Unit& used = unit == units.end() ? units.back() : *unit;
  return std::to_string(amount / used.factor) + " " + std::string(used.name);
}

// Levenshtein's distance, one row at a time.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

// Keys differ for people by their words only: "Request-Time" is meant as "request_time".
std::string folded(std::string_view text) {
  std::string out(text);
  for (char& letter : out) {
    if (letter == '-' || letter == ' ') letter = '_';
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return out;
}

}  // namespace

base::Error wrong(std::string sentence) { return base::malformed("configuration-invalid", std::move(sentence)); }

base::Result<std::chrono::milliseconds> read_span(std::string_view text) {
  const auto read = read_quantity(text, spans);
  if (!read)
    return wrong("must be a time such as \"500 ms\", \"30 s\", \"10 min\", \"24 h\" or \"2 d\", not \"" +
                 std::string(text) + "\"");
  return std::chrono::milliseconds{*read};
}

base::Result<std::uint64_t> read_size(std::string_view text) {
  const auto read = read_quantity(text, sizes);
  if (!read)
    return wrong("must be a size such as \"512 B\", \"64 KiB\", \"8 MiB\" or \"1 GiB\", not \"" + std::string(text) +
                 "\"");
  return static_cast<std::uint64_t>(*read);
}

std::string to_words(std::chrono::milliseconds span) { return quantity_to_words(span.count(), spans); }

std::string size_to_words(std::uint64_t octets) { return quantity_to_words(static_cast<std::int64_t>(octets), sizes); }

std::function<base::Result<std::size_t>(const std::string&)> size(std::uint64_t least, std::uint64_t most) {
  return [least, most](const std::string& text) -> base::Result<std::size_t> {
    const auto read = read_size(text);
    if (!read) return read.error();
    if (*read < least || *read > most) {
      return wrong("must be from " + size_to_words(least) + " to " + size_to_words(most) + ", not \"" + text + "\"");
    }
    return static_cast<std::size_t>(*read);
  };
}

base::Result<std::int64_t> read_integer(std::string_view text, std::int64_t least, std::int64_t most) {
  std::int64_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = failure == std::errc{} && end == text.data() + text.size();
  if (!whole || value < least || value > most) {
    return wrong("must be a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ", not \"" +
                 std::string(text) + "\"");
  }
  return value;
}

base::Error not_one_of(const std::string& text, const std::vector<std::string_view>& words) {
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) list += i + 1 == words.size() ? " or " : ", ";
    list += words[i];
  }
  return wrong("must be " + list + ", not \"" + text + "\"" + did_you_mean(text, words));
}

std::string_view nearest(std::string_view text, const std::vector<std::string_view>& known) {
  const std::string given = folded(text);
  std::string_view best;
  std::size_t least = std::max<std::size_t>(2, given.size() / 3) + 1;
  for (const auto word : known) {
    const std::size_t apart = distance(given, word);
    if (apart < least && apart < word.size()) {
      least = apart;
      best = word;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view text, const std::vector<std::string_view>& known) {
  const auto word = nearest(text, known);
  return word.empty() ? "" : "; did you mean \"" + std::string(word) + "\"?";
}

}  // namespace burstd::config

#include "ctl/words/width.hpp"

#include <algorithm>
#include <iterator>

#include "base/utf8.hpp"
#include "ctl/words/width_table.hpp"

namespace burstd::ctl {

namespace {

constexpr char32_t joiner = 0x200D;
constexpr char32_t picture_mark = 0xFE0F;
constexpr std::string_view broken = "\xEF\xBF\xBD";

template <std::size_t N>
bool in(const Range (&table)[N], char32_t point) {
  const auto* after = std::upper_bound(std::begin(table), std::end(table), point,
                                       [](char32_t value, const Range& range) { return value < range.first; });
  return after != std::begin(table) && point <= std::prev(after)->last;
}

bool is_skin_tone(char32_t point) { return point >= 0x1F3FB && point <= 0x1F3FF; }

// Adds up columns one character at a time; remembers what joins and modifies the character before.
class Ruler {
 public:
  std::size_t take(char32_t point) {
    const std::size_t columns = columns_of(point);
    x_joined = point == joiner;
    if (columns > 0) x_last = columns;
    return columns;
  }

 private:
  std::size_t columns_of(char32_t point) {
    if (point == picture_mark && x_last == 1) {
      x_last = 2;
      return 1;
    }
    if (point < 0x20 || point == 0x7F || in(zero_columns, point)) return 0;
    if (x_joined && x_last == 2) return 0;
    if (is_skin_tone(point) && x_last == 2) return 0;
    return in(two_columns, point) ? 2 : 1;
  }

  std::size_t x_last = 0;
  bool x_joined = false;
};

// Octets of the UTF-8 sequence that begins at `at`: 1 for a broken one.
std::size_t sequence(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return base::is_utf8(text.substr(at, length)) ? std::min(length, text.size() - at) : 1;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  const auto points = base::from_utf8(text);
  if (!points) return text.size();
  Ruler ruler;
  std::size_t columns = 0;
  for (const char32_t point : *points) columns += ruler.take(point);
  return columns;
}

std::string cut(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  const auto points = base::from_utf8(text);
  if (!points) return cut(printable(text), width);
  Ruler ruler;
  std::size_t columns = 0, kept = 0;
  for (const char32_t point : *points) {
    columns += ruler.take(point);
    if (columns + 1 > width) break;
    ++kept;
  }
  while (kept > 0 && (*points)[kept - 1] == joiner) --kept;
  std::u32string_view head(points->data(), kept);
  while (!head.empty() && head.back() == U' ') head.remove_suffix(1);
  return base::to_utf8(head) + "…";
}

namespace {

// U+202A to U+202E and U+2066 to U+2069: what follows them on the line would change places.
bool turns_around(std::string_view letter) {
  if (letter.size() != 3 || !letter.starts_with("\xE2")) return false;
  const auto second = static_cast<unsigned char>(letter[1]), third = static_cast<unsigned char>(letter[2]);
  return (second == 0x80 && third >= 0xAA && third <= 0xAE) || (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

}  // namespace

std::string printable(std::string_view text) {
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence(text, at);
    const auto octet = static_cast<unsigned char>(text[at]);
    const bool c1 = length == 2 && octet == 0xC2 && static_cast<unsigned char>(text[at + 1]) < 0xA0;
    if (octet == '\r' && at + 1 < text.size() && text[at + 1] == '\n') {
      // one line end, shown once
    } else if (octet == '\n' || octet == '\r') {
      shown += "⏎";
    } else if (octet == '\t') {
      shown += ' ';
    } else if (c1 || turns_around(text.substr(at, length)) || octet < 0x20 || octet == 0x7F ||
               (length == 1 && octet >= 0x80)) {
      shown += broken;
    } else {
      shown += text.substr(at, length);
    }
    at += length;
  }
  return shown;
}

std::string printable_lines(std::string_view text) {
  std::string shown;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (begin > 0) shown += '\n';
    shown += printable(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return shown;
}

std::string_view trimmed(std::string_view text, std::string_view blanks) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

}  // namespace burstd::ctl

#include "base/letters.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace burstd::base {

namespace {

bool between(char32_t point, char32_t first, char32_t last) { return point >= first && point <= last; }

}  // namespace

char32_t lower(char32_t letter) {
  if (between(letter, U'A', U'Z')) return letter + 32;
  if (between(letter, 0xC0, 0xDE) && letter != 0xD7) return letter + 32;
  const bool odd_is_upper = between(letter, 0x139, 0x148) || between(letter, 0x179, 0x17E);
  if (odd_is_upper) return letter % 2 == 1 ? letter + 1 : letter;
  if (between(letter, 0x100, 0x177) && letter != 0x130 && letter != 0x131 && letter != 0x138) return letter | 1U;
  if (letter == 0x178) return 0xFF;
  if (between(letter, 0x391, 0x3A9)) return letter + 32;
  if (between(letter, 0x410, 0x42F)) return letter + 32;
  if (between(letter, 0x400, 0x40F)) return letter + 80;
  return letter;
}

std::u32string lowered(std::string_view text) {
  auto points = from_utf8(text);
  if (!points) return {};
  std::ranges::transform(*points, points->begin(), lower);
  return std::move(*points);
}

bool is_blank(char32_t point) {
  return between(point, 0x09, 0x0D) || point == U' ' || point == 0x85 || point == 0xA0 || point == 0x1680 ||
         between(point, 0x2000, 0x200F) || between(point, 0x2028, 0x202F) || between(point, 0x205F, 0x2064) ||
         point == 0x3000 || point == 0xFEFF;
}

std::u32string bare_words(std::string_view text) {
  std::u32string words;
  bool parted = false;
  for (const char32_t point : lowered(text)) {
    if (is_blank(point)) {
      parted = !words.empty();
      continue;
    }
    if (parted) words += U' ';
    parted = false;
    words += point;
  }
  return words;
}

}  // namespace burstd::base

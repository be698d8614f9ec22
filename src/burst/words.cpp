#include "burst/words.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace burstd::burst {

namespace {

bool within(char32_t point, char32_t first, char32_t last) { return point >= first && point <= last; }

char32_t lower(char32_t point) {
  if (within(point, U'A', U'Z')) return point + 32;
  if (within(point, 0xC0, 0xDE) && point != 0xD7) return point + 32;
  const bool odd_is_upper = within(point, 0x139, 0x148) || within(point, 0x179, 0x17E);
  if (odd_is_upper) return point % 2 == 1 ? point + 1 : point;
  if (within(point, 0x100, 0x177) && point != 0x130 && point != 0x131 && point != 0x138) return point | 1U;
  if (point == 0x178) return 0xFF;
  if (within(point, 0x391, 0x3A9)) return point + 32;
  if (within(point, 0x410, 0x42F)) return point + 32;
  if (within(point, 0x400, 0x40F)) return point + 80;
  return point;
}

// Everything but separators: ASCII letters and digits, and all beyond ASCII but the usual punctuation.
bool is_word_letter(char32_t point) {
  if (point < 0x80) return within(point, U'0', U'9') || within(point, U'a', U'z') || within(point, U'A', U'Z');
  return !within(point, 0x80, 0xBF) && !within(point, 0x2000, 0x206F) && !within(point, 0x3000, 0x303F);
}

std::u32string folded(std::string_view text) {
  auto points = base::from_utf8(text);
  if (!points) return {};
  std::ranges::transform(*points, points->begin(), lower);
  return std::move(*points);
}

bool stands_alone(const std::u32string& text, std::size_t at, std::size_t length) {
  const bool opens = at == 0 || !is_word_letter(text[at - 1]);
  const std::size_t end = at + length;
  return opens && (end == text.size() || !is_word_letter(text[end]));
}

bool holds(const std::u32string& text, const std::u32string& word) {
  if (word.empty()) return false;
  for (auto at = text.find(word); at != std::u32string::npos; at = text.find(word, at + 1)) {
    if (stands_alone(text, at, word.size())) return true;
  }
  return false;
}

}  // namespace

bool holds_word(std::string_view text, const std::vector<std::string>& words) {
  if (words.empty()) return false;
  const std::u32string plain = folded(text);
  return std::ranges::any_of(words, [&](const std::string& word) { return holds(plain, folded(word)); });
}

}  // namespace burstd::burst

#include "burst/words.hpp"

#include <algorithm>

#include "base/letters.hpp"

namespace burstd::burst {

namespace {

bool within(char32_t point, char32_t first, char32_t last) { return point >= first && point <= last; }

// Everything but separators: ASCII letters and digits, and all beyond ASCII but the usual punctuation.
bool is_word_letter(char32_t point) {
  if (point < 0x80) return within(point, U'0', U'9') || within(point, U'a', U'z') || within(point, U'A', U'Z');
  return !within(point, 0x80, 0xBF) && !within(point, 0x2000, 0x206F) && !within(point, 0x3000, 0x303F);
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
  const std::u32string plain = base::lowered(text);
  return std::ranges::any_of(words, [&](const std::string& word) { return holds(plain, base::lowered(word)); });
}

}  // namespace burstd::burst

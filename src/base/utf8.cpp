#include "base/utf8.hpp"

namespace burstd::base {

namespace {

struct Step {
  char32_t point;
  std::size_t length;  // 0: not UTF-8 here
};

std::size_t length_of(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

bool is_scalar(char32_t point, std::size_t length) {
  if (point >= 0xD800 && point <= 0xDFFF) return false;
  if (length == 3) return point >= 0x800;
  if (length == 4) return point >= 0x10000 && point <= 0x10FFFF;
  return true;
}

Step step(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = length_of(lead);
  if (length == 0 || length > text.size()) return {0, 0};
  if (length == 1) return {lead, 1};
  char32_t point = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0U) != 0x80U) return {0, 0};
    point = (point << 6U) | (next & 0x3FU);
  }
  return is_scalar(point, length) ? Step{point, length} : Step{0, 0};
}

void append(std::string& out, char32_t point) {
  const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80U | ((point >> shift) & 0x3FU)); };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0U | (point >> 6U));
    tail(0);
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0U | (point >> 12U));
    tail(6), tail(0);
  } else {
    out += static_cast<char>(0xF0U | (point >> 18U));
    tail(12), tail(6), tail(0);
  }
}

}  // namespace

Result<std::u32string> from_utf8(std::string_view text) {
  std::u32string out(text.size(), U'\0');
  std::size_t size = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (const auto plain = static_cast<unsigned char>(text[at]); plain < 0x80) {
      out[size++] = plain;
      ++at;
      continue;
    }
    const Step next = step(text.substr(at));
    if (next.length == 0) {
      return malformed("utf8-invalid",
                       "The text is not UTF-8 at byte " + std::to_string(at + 1) + "; save or send it as UTF-8.");
    }
    out[size++] = next.point;
    at += next.length;
  }
  out.resize(size);
  return out;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const Step next = step(text);
    if (next.length == 0) return false;
    text.remove_prefix(next.length);
  }
  return true;
}

std::string to_utf8(std::u32string_view points) {
  std::string out;
  out.reserve(points.size());
  for (const char32_t point : points) append(out, point);
  return out;
}

}  // namespace burstd::base

// The GSM 7-bit alphabets of 23.038: code points ⇄ septets and septets ⇄ packed octets. Septets are held one an octet.
// Nothing is ever approximated: a character that is not in the alphabet is reported, and the caller takes UCS-2.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/hex.hpp"

namespace burstd::pdu {

// Numbers of the national language identifiers (23.038, 6.2.1.2.4).
enum class Language : std::uint8_t {
  standard = 0,
  turkish = 1,
  spanish = 2,
  portuguese = 3,
  bengali = 4,
  gujarati = 5,
  hindi = 6,
  kannada = 7,
  malayalam = 8,
  oriya = 9,
  punjabi = 10,
  tamil = 11,
  telugu = 12,
  urdu = 13,
};

// Language::standard for an identifier whose tables are not known here.
Language language(std::uint8_t identifier);

// Spanish has a single shift table only; its locking table is the default alphabet.
constexpr bool has_locking_table(Language language) {
  return language != Language::standard && language != Language::spanish;
}

// Which table is read directly, and which one after an escape.
struct Alphabet {
  Language locking = Language::standard;
  Language single = Language::standard;

  bool operator==(const Alphabet&) const = default;
};

inline constexpr std::uint8_t escape = 0x1B;

struct SeptetCode {
  std::uint8_t count;  // 0: not in the alphabet; 1: `value` alone; 2: escape, then `value`
  std::uint8_t value;
};

// The code of one character, the shorter one where there are two.
SeptetCode septet_code(char32_t point, Alphabet alphabet = {});

// A whole text, or nothing where a character is not in the alphabet.
std::optional<base::Octets> to_septets(std::u32string_view points, Alphabet alphabet = {});

// UTF-8 of septets. An escape with an unknown code after it is read as the main table's character, a further escape,
// one at the very end and a code without a character as a space (23.038, 6.2.1). Septets above 0x7F never come out of
// unpack_septets() and are masked.
std::string septets_to_utf8(std::span<const std::uint8_t> septets, Alphabet alphabet = {});

// Octets needed for `count` septets after `fill` bits (0…6).
constexpr std::size_t packed_size(std::size_t count, unsigned fill = 0) { return (count * 7 + fill + 7) / 8; }

// `fill` (0…6) zero bits come first, so that text after a user data header begins on a septet boundary.
base::Octets pack_septets(std::span<const std::uint8_t> septets, unsigned fill = 0);

// The first `count` septets after `fill` bits; fewer where `packed` ends before.
base::Octets unpack_septets(std::span<const std::uint8_t> packed, std::size_t count, unsigned fill = 0);

}  // namespace burstd::pdu

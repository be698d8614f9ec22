// The GSM 7-bit alphabet of 23.038: code points ⇄ septets and septets ⇄ packed octets. Septets are held one an octet.
// Nothing is ever approximated: a character that is not in the alphabet is reported, and the caller takes UCS-2.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/hex.hpp"

namespace burstd::pdu {

// Numbers of the national language identifiers (23.038, 6.2.1.2.4). This gateway sends the default alphabet only; the
// tables of the others are for reading.
enum class Language : std::uint8_t { standard = 0, turkish = 1, spanish = 2, portuguese = 3 };

// Language::standard for an identifier whose tables are not known here.
Language language(std::uint8_t identifier);

struct Alphabet {
  Language locking = Language::standard;
  Language single = Language::standard;
};

inline constexpr std::uint8_t escape = 0x1B;

struct SeptetCode {
  std::uint8_t count;  // 0: not in the alphabet; 1: `value` alone; 2: escape, then `value`
  std::uint8_t value;
};

// The code of one character in the default alphabet and its extension table.
SeptetCode septet_code(char32_t point);

// UTF-8 of septets. An escape with an unknown code after it is read as the main table's character, a further escape or
// one at the very end as a space (23.038, 6.2.1). Septets above 0x7F never come out of unpack() and are masked.
std::string septets_to_utf8(std::span<const std::uint8_t> septets, Alphabet alphabet = {});

// Octets needed for `count` septets after `fill` bits (0…6).
constexpr std::size_t packed_size(std::size_t count, unsigned fill = 0) { return (count * 7 + fill + 7) / 8; }

// `fill` (0…6) zero bits come first, so that text after a user data header begins on a septet boundary.
base::Octets pack_septets(std::span<const std::uint8_t> septets, unsigned fill = 0);

// The first `count` septets after `fill` bits; fewer where `packed` ends before.
base::Octets unpack_septets(std::span<const std::uint8_t> packed, std::size_t count, unsigned fill = 0);

}  // namespace burstd::pdu

// The tables of 23.038, section 6.2.1 and annex A, as data for gsm7.cpp: each language's characters by septet, and the
// same turned round for writing. They decide nothing about which table is used.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "pdu/gsm7.hpp"

namespace burstd::pdu {

inline constexpr std::size_t languages = 14;       // the default alphabet and 13 national ones
inline constexpr char16_t no_character = u'\xB7';  // where a table has none; no table holds this one

using Table = std::u16string_view;  // 128 characters, the escape among them

struct Code {
  char16_t point;
  std::uint8_t septet;
};
using CodeTable = std::array<Code, 128>;  // ascending by character, then septet; unused rows have 0xFFFF

// Latin-1 characters' codes in the default alphabet and its extension, by code point.
extern const std::array<SeptetCode, 256> latin_codes;

// The default alphabet for Spanish, which has no locking table.
Table locking_table(Language language);
Table single_table(Language language);
const CodeTable& locking_codes(Language language);
const CodeTable& single_codes(Language language);

}  // namespace burstd::pdu

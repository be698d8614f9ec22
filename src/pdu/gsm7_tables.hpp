// The tables of 23.038, section 6.2.1 and annex A, as data for gsm7.cpp. A further national language is a number in
// gsm7.hpp and its two tables here.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "pdu/gsm7.hpp"

namespace burstd::pdu {

using LockingTable = std::u16string_view;  // 128 characters

struct Shifted {
  std::uint8_t septet;  // after the escape
  char16_t point;
};

// Latin-1 characters' codes in the default alphabet and its extension, by code point.
extern const std::array<SeptetCode, 256> latin_codes;

// The default alphabet where a language has no locking table of its own.
LockingTable locking_table(Language language);

// Ascending by septet; the default extension where a language has no table of its own.
std::span<const Shifted> single_table(Language language);

}  // namespace burstd::pdu

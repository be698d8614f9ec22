// Digits as semi-octets, low half first (23.040, 9.1.2.3): 0-9 * # a b c, and 1111 as filler after an odd number. For
// addresses, time stamps and validity periods.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/hex.hpp"

namespace burstd::pdu {

// The first `count` semi-octets. 1111 anywhere is skipped, as the standard tells a receiver to.
std::string read_semi_octets(std::span<const std::uint8_t> octets, std::size_t count);

// Nothing where a character has no semi-octet.
std::optional<base::Octets> write_semi_octets(std::string_view digits);

// Two decimal digits, low half first; a half above nine counts as 0. `value` is taken modulo 100.
constexpr int read_two_digits(std::uint8_t octet) {
  const int tens = octet & 0x0F;
  const int units = octet >> 4;
  return (tens > 9 ? 0 : tens) * 10 + (units > 9 ? 0 : units);
}
constexpr std::uint8_t write_two_digits(int value) {
  const int digits = (value % 100 + 100) % 100;
  return static_cast<std::uint8_t>((digits % 10) << 4 | digits / 10);
}

}  // namespace burstd::pdu

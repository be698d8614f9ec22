#include "base/hex.hpp"

#include <algorithm>
#include <array>

namespace burstd::base {

namespace {

constexpr std::string_view hex_digits = "0123456789ABCDEF";
constexpr int no_digit = -1;

constexpr std::array<int, 256> make_nibbles() {
  std::array<int, 256> nibbles{};
  nibbles.fill(no_digit);
  for (int value = 0; value < 16; ++value) {
    const auto digit = static_cast<unsigned char>(hex_digits[static_cast<std::size_t>(value)]);
    nibbles[digit] = value;
    if (value > 9) nibbles[digit - 'A' + 'a'] = value;
  }
  return nibbles;
}
constexpr std::array<int, 256> nibbles = make_nibbles();

using Pair = std::array<char, 2>;

constexpr std::array<Pair, 256> make_pairs() {
  std::array<Pair, 256> pairs{};
  for (std::size_t octet = 0; octet < pairs.size(); ++octet)
    pairs[octet] = {hex_digits[octet >> 4U], hex_digits[octet & 0x0FU]};
  return pairs;
}
constexpr std::array<Pair, 256> pairs = make_pairs();

int nibble(char c) { return nibbles[static_cast<unsigned char>(c)]; }

Error no_hex(std::string_view text) {
  std::size_t at = 0;
  while (nibble(text[at]) != no_digit && nibble(text[at + 1]) != no_digit) at += 2;
  return malformed("hex-invalid", "The text at position " + std::to_string(at + 1) + " is not hexadecimal.");
}

}  // namespace

std::string to_hex(std::span<const std::uint8_t> octets) {
  std::string out(octets.size() * 2, '0');
  char* to = out.data();
  for (const std::uint8_t octet : octets) to = std::copy_n(pairs[octet].begin(), 2, to);
  return out;
}

Result<Octets> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) {
    return malformed("hex-invalid", "The hexadecimal text has an odd number of digits (" + std::to_string(text.size()) +
                                        "); one was lost or added.");
  }
  Octets out(text.size() / 2);
  int signs = 0;  // negative as soon as one character was no digit
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int value = nibble(text[2 * i]) * 16 + nibble(text[2 * i + 1]);
    signs |= nibble(text[2 * i]) | nibble(text[2 * i + 1]);
    out[i] = static_cast<std::uint8_t>(value);
  }
  if (signs < 0) return no_hex(text);
  return out;
}

}  // namespace burstd::base

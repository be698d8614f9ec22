#include "base/hex.hpp"

namespace burstd::base {

namespace {

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

std::string to_hex(std::span<const std::uint8_t> octets) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out(octets.size() * 2, '0');
  for (std::size_t i = 0; i < octets.size(); ++i) {
    out[2 * i] = digits[octets[i] >> 4U];
    out[2 * i + 1] = digits[octets[i] & 0x0FU];
  }
  return out;
}

Result<Octets> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) {
    return malformed("hex-invalid", "The hexadecimal text has an odd number of digits (" + std::to_string(text.size()) +
                                        "); one was lost or added.");
  }
  Octets out(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = nibble(text[i]), low = nibble(text[i + 1]);
    if (high < 0 || low < 0) {
      return malformed("hex-invalid", "The text at position " + std::to_string(i + 1) + " is not hexadecimal.");
    }
    out[i / 2] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return out;
}

}  // namespace burstd::base

#include "pdu/semi_octets.hpp"

#include <array>

namespace burstd::pdu {
namespace {

constexpr std::string_view symbols = "0123456789*#abc";
constexpr std::uint8_t filler = 0x0F;
constexpr std::uint8_t no_half = 0xFF;

constexpr std::array<std::uint8_t, 256> make_halves() {
  std::array<std::uint8_t, 256> halves{};
  halves.fill(no_half);
  for (std::size_t half = 0; half < symbols.size(); ++half) {
    halves[static_cast<unsigned char>(symbols[half])] = static_cast<std::uint8_t>(half);
  }
  return halves;
}
constexpr std::array<std::uint8_t, 256> halves = make_halves();

}  // namespace

std::string read_semi_octets(std::span<const std::uint8_t> octets, std::size_t count) {
  std::string digits;
  digits.reserve(count);
  for (std::size_t at = 0; at < count && at / 2 < octets.size(); ++at) {
    const std::uint8_t octet = octets[at / 2];
    const std::size_t half = at % 2 == 0 ? octet & 0x0FU : octet >> 4U;
    if (half != filler) digits.push_back(symbols[half]);
  }
  return digits;
}

std::optional<base::Octets> write_semi_octets(std::string_view digits) {
  base::Octets octets((digits.size() + 1) / 2, 0);
  for (std::size_t at = 0; at < digits.size(); ++at) {
    const std::uint8_t half = halves[static_cast<unsigned char>(digits[at])];
    if (half == no_half) return std::nullopt;
    octets[at / 2] = static_cast<std::uint8_t>(octets[at / 2] | (at % 2 == 0 ? half : half << 4U));
  }
  if (digits.size() % 2 == 1) octets.back() = static_cast<std::uint8_t>(octets.back() | (filler << 4U));
  return octets;
}

}  // namespace burstd::pdu

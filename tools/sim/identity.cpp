#include "sim/identity.hpp"

#include <array>
#include <string_view>

namespace burstd::sim {

namespace {

constexpr std::array<std::string_view, 4> operators{"Harbour Mobile", "Northcell", "Meadow Telecom",
                                                    "Pretend Networks"};

// The check digit of ISO/IEC 7812-1.
char luhn(std::string_view digits) {
  int sum = 0;
  bool twice = true;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, twice = !twice) {
    const int value = (*digit - '0') * (twice ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::string padded(std::uint64_t value, std::size_t width) {
  std::string digits = std::to_string(value);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits.substr(digits.size() - width);
}

}  // namespace

Identity make_identity(std::uint64_t seed, int number) {
  const auto index = static_cast<std::uint64_t>(number);
  const std::string serial = padded(seed, 3) + padded(index, 3);
  Identity identity;
  identity.name = "modem" + std::to_string(number);
  identity.imei = "00101000" + serial;
  identity.imei += luhn(identity.imei);
  identity.imsi = "001010000" + serial;
  identity.iccid = "890010100000" + serial;
  identity.iccid += luhn(identity.iccid);
  identity.operator_name = operators.at((index - 1) % operators.size());
  identity.smsc = "+9990000000" + std::to_string(1 + (index - 1) % operators.size());
  identity.signal = static_cast<int>(14 + (seed * 7 + index * 5) % 17);
  return identity;
}

std::string imsi_of(const std::string& iccid) { return "001010" + iccid.substr(iccid.size() - 10, 9); }

}  // namespace burstd::sim

#include "gateway/sender.hpp"

#include <algorithm>

#include "message/match.hpp"
#include "number/number.hpp"
#include "store/messages.hpp"

namespace burstd::gateway {

namespace {

constexpr std::size_t shortest_whole = 10;  // digits with a country code; short codes have fewer

// As it may be meant, the likeliest first.
std::vector<std::string> readings(const pdu::Address& from, const number::Plan& home) {
  const std::string& digits = from.value;
  switch (from.type) {
    case pdu::TypeOfNumber::international:
      return {"+" + digits};
    case pdu::TypeOfNumber::national:
      return {"+" + std::string(home.country_code) + digits, digits};
    case pdu::TypeOfNumber::unknown:
      if (digits.size() < shortest_whole) return {digits};
      return {digits, "+" + digits};
    case pdu::TypeOfNumber::network_specific:
    case pdu::TypeOfNumber::subscriber:
    case pdu::TypeOfNumber::alphanumeric:
    case pdu::TypeOfNumber::abbreviated:
    case pdu::TypeOfNumber::reserved:
      break;
  }
  return {};
}

}  // namespace

std::optional<std::string> number_of(const pdu::Address& from, const std::string& country) {
  const number::Plan* const home = number::find_plan(country);
  if (home == nullptr || from.value.empty()) return std::nullopt;
  for (const std::string& reading : readings(from, *home)) {
    if (const auto number = number::parse(reading, *home)) return number->e164;
  }
  return std::nullopt;
}

std::string own_number(const std::string& told, const std::string& country) {
  pdu::Address address;
  const bool whole = told.starts_with('+');
  address.type = whole ? pdu::TypeOfNumber::international : pdu::TypeOfNumber::unknown;
  address.value = told.substr(whole ? 1 : 0);
  return number_of(address, country).value_or(whole ? told : "");
}

std::vector<std::string> numbers_like(const store::Connection& connection, const pdu::Address& from) {
  const std::string& digits = from.value;
  const bool plain = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  if (!plain || digits.size() < message::fewest_digits) return {};
  auto numbers = store::numbers_ending(connection, digits.substr(digits.size() - message::fewest_digits));
  std::erase_if(numbers, [&](const std::string& number) { return !message::same_recipient(number, digits); });
  return numbers;
}

}  // namespace burstd::gateway

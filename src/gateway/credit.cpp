#include "gateway/credit.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <regex>

#include "base/hex.hpp"
#include "base/utf8.hpp"
#include "pdu/gsm7.hpp"

namespace burstd::gateway {

namespace {

constexpr std::size_t shortest_packed = 8;  // digits; a shorter one is rather an amount than packed septets
constexpr int ucs2_group = 0x48;            // 0100 10xx: UCS-2 without a message class
constexpr int ucs2_with_language = 0x11;    // 0001 0001: a language, then UCS-2

bool is_ucs2(std::optional<int> coding) {
  return coding && (*coding == ucs2_with_language || (*coding & 0xEC) == ucs2_group);
}

std::string from_ucs2(const base::Octets& octets) {
  std::u32string points;
  for (std::size_t at = 0; at + 1 < octets.size(); at += 2)
    points.push_back(static_cast<char32_t>(octets[at] << 8 | octets[at + 1]));
  std::erase_if(points,
                [](char32_t point) { return point >= 0xD800 && point <= 0xDFFF; });  // no amount is told in those
  return base::to_utf8(points);
}

std::string from_septets(const base::Octets& octets) {
  auto septets = pdu::unpack_septets(octets, octets.size() * 8 / 7);
  const std::uint8_t filler = 0x0D;  // fills seven spare bits (23.038, 6.1.2.3.1)
  if (octets.size() % 7 == 0 && !septets.empty() && (septets.back() == filler || septets.back() == 0))
    septets.pop_back();
  return pdu::septets_to_utf8(septets);
}

// "1'234,50" → "1234.50"
std::string plain_number(std::string typed) {
  typed.resize(typed.find_last_not_of(".,") + 1);  // of the sentence around it
  std::string digits;
  const std::size_t mark = typed.find_last_of(".,");
  for (std::size_t at = 0; at < typed.size(); ++at) {
    const char each = typed[at];
    const bool fraction = at == mark && typed.size() - at - 1 <= 2;
    if (fraction) digits.push_back('.');
    if ((each >= '0' && each <= '9') || (each == '-' && digits.empty())) digits.push_back(each);
  }
  return digits;
}

}  // namespace

std::string service_text(const std::string& given, std::optional<int> coding) {
  const auto octets = base::from_hex(given);
  const bool decimal = given.find_first_not_of("0123456789") == std::string::npos;
  if (!octets || given.size() < shortest_packed || (decimal && !is_ucs2(coding))) return given;
  if (is_ucs2(coding)) return from_ucs2(*octets);
  return from_septets(*octets);
}

std::optional<double> amount_in(const std::string& text, const std::string& pattern) {
  try {
    std::smatch found;
    if (!std::regex_search(text, found, std::regex(pattern)) || found.size() < 2) return std::nullopt;
    const std::string digits = plain_number(found[1].str());
    double amount = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), amount);
    if (failure != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return amount;
  } catch (const std::regex_error&) {
    return std::nullopt;
  }
}

std::optional<std::int64_t> segments_for(const modem::Credit& credit, const modem::Balance& balance) {
  if (!credit.amount || balance.price <= 0) return std::nullopt;
  return static_cast<std::int64_t>(std::floor(std::max(*credit.amount, 0.0) / balance.price));
}

}  // namespace burstd::gateway

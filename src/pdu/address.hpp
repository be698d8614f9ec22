// Addresses: the service centre's (24.011, 8.2.5.1: length in octets) and the TP addresses of recipient and sender
// (23.040, 9.1.2.5: length in semi-octets). Digits are kept as the PDU has them; nothing is normalised here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace burstd::pdu {

enum class TypeOfNumber : std::uint8_t {
  unknown = 0,
  international = 1,
  national = 2,
  network_specific = 3,
  subscriber = 4,
  alphanumeric = 5,
  abbreviated = 6,
  reserved = 7,
};

struct Address {
  TypeOfNumber type = TypeOfNumber::unknown;
  std::uint8_t plan = 1;  // numbering plan, 1 = E.164
  std::string value;      // 0-9 * # a b c without any "+"; UTF-8 where the type is alphanumeric

  bool operator==(const Address&) const = default;
};

// "+41791234567" for an international number, the bare value otherwise.
std::string to_text(const Address& address);

// "+…" becomes international, anything else unknown; 1 to 20 of 0-9 * # a b c. Code "address-invalid".
base::Result<Address> number_address(std::string_view text);

// A name as sender: at most 11 characters of GSM-7, as a TP address of 10 octets can hold.
base::Result<Address> name_address(std::string_view utf8);

}  // namespace burstd::pdu

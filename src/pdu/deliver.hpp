// SMS-DELIVER: a message from a phone to us. decode_deliver() reads replies, encode() is for the simulated modem.
// A reserved message type is read as this one, as the standard demands of a receiver.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "pdu/address.hpp"
#include "pdu/encoded.hpp"
#include "pdu/prefix.hpp"
#include "pdu/timestamp.hpp"
#include "pdu/user_data.hpp"

namespace burstd::pdu {

struct Deliver {
  std::optional<Address> service_centre;
  bool more_messages = false;      // the centre has more for us (TP-MMS is 0)
  bool loop_prevention = false;    // TP-LP
  bool report_indication = false;  // TP-SRI
  bool reply_path = false;         // TP-RP
  Address originator;              // TP-OA
  std::uint8_t protocol = 0;       // TP-PID
  std::uint8_t coding_scheme = 0;  // TP-DCS; must agree with user_data.encoding
  Timestamp timestamp;             // TP-SCTS
  UserData user_data;              // TP-UD

  bool operator==(const Deliver&) const = default;
};

base::Result<Encoded> encode(const Deliver& deliver);

// Octets after the user data (padding of some modems) are ignored. Fails with "hex-invalid", "pdu-truncated",
// "pdu-type", "pdu-invalid" or "dcs-compressed".
base::Result<Deliver> decode_deliver(std::string_view hex, Prefix prefix = Prefix::present);

}  // namespace burstd::pdu

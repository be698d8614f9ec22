// SMS-SUBMIT: what goes to the modem. encode_part() is what the gateway calls for every part on the air; the rest is
// for the command line and the simulated modem. It never segments and never chooses an alphabet: see segment.hpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "pdu/address.hpp"
#include "pdu/encoded.hpp"
#include "pdu/segment.hpp"
#include "pdu/user_data.hpp"
#include "pdu/validity.hpp"

namespace burstd::pdu {

struct Submit {
  std::optional<Address> service_centre;  // the modem's own where empty
  bool reject_duplicates = false;         // TP-RD
  bool status_report = false;             // TP-SRR
  bool reply_path = false;                // TP-RP
  std::uint8_t message_reference = 0;     // TP-MR; the modem puts its own in place of 0
  Address destination;                    // TP-DA
  std::uint8_t protocol = 0;              // TP-PID
  std::uint8_t coding_scheme = 0;         // TP-DCS; must agree with user_data.encoding
  std::optional<Validity> validity;       // TP-VP
  UserData user_data;                     // TP-UD; TP-UDHI is set where the header holds anything

  bool operator==(const Submit&) const = default;
};

// Fails with "address-invalid", "text-too-long" or "pdu-invalid"; the sentence names the field.
base::Result<Encoded> encode(const Submit& submit);

// Hexadecimal text that begins with the service-centre length octet; nothing may follow TP-UD. Fails with
// "hex-invalid", "pdu-truncated", "pdu-invalid" or "dcs-compressed".
base::Result<Submit> decode_submit(std::string_view hex);

struct Envelope {
  std::string destination;                       // E.164, "+41791234567"
  bool status_report = true;                     // ask for a delivery report
  std::optional<std::chrono::minutes> validity;  // see relative_validity()
  std::uint8_t reference = 0;                    // 8-bit concatenation reference, used from two segments on
  std::optional<std::uint8_t> message_class;
};

// Part `part`, counted from 1, of the segmentation.
base::Result<Encoded> encode_part(const Segmentation& segmentation, std::size_t part, const Envelope& envelope);

}  // namespace burstd::pdu

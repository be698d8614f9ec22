// SMS-STATUS-REPORT: the network's word about a message of ours, the evidence every "Sent Successfully" rests on.
// Read by its structure and never by a line's declared length; padding after it is ignored. It matches nothing to
// anything: see message/.
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

struct StatusReport {
  std::optional<Address> service_centre;
  bool more_messages = false;                 // the centre has more for us (TP-MMS is 0)
  bool loop_prevention = false;               // TP-LP
  bool for_command = false;                   // TP-SRQ: answers an SMS-COMMAND, not a submit
  std::uint8_t message_reference = 0;         // TP-MR
  Address recipient;                          // TP-RA
  Timestamp timestamp;                        // TP-SCTS: when the centre took the message
  Timestamp discharge;                        // TP-DT: when it was delivered or last tried
  std::uint8_t status = 0;                    // TP-ST, see delivery_status.hpp
  std::optional<std::uint8_t> protocol;       // TP-PID
  std::optional<std::uint8_t> coding_scheme;  // TP-DCS
  std::optional<UserData> user_data;          // TP-UD

  bool operator==(const StatusReport&) const = default;
};

base::Result<Encoded> encode(const StatusReport& report);

// The optional fields after TP-ST are dropped rather than refused when they are not sound: what was said about the
// message counts. Fails with "hex-invalid", "pdu-truncated", "pdu-type" or "pdu-invalid".
base::Result<StatusReport> decode_status_report(std::string_view hex, Prefix prefix = Prefix::either);

}  // namespace burstd::pdu

// TP-Message-Type-Indicator of a PDU that came from the network: what it is, before anybody acts on it. Reads the
// first octet after the service centre and nothing else.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.hpp"
#include "pdu/prefix.hpp"

namespace burstd::pdu {

enum class MessageType : std::uint8_t { deliver = 0, submit_report = 1, status_report = 2, reserved = 3 };

// "SMS-DELIVER", "SMS-SUBMIT-REPORT", "SMS-STATUS-REPORT", "reserved".
std::string_view name(MessageType type);

// With Prefix::either a first octet that can be no length of a service centre's address is read as TP-MTI. Fails with
// "hex-invalid" or "pdu-truncated".
base::Result<MessageType> incoming_type(std::string_view hex, Prefix prefix = Prefix::present);

}  // namespace burstd::pdu

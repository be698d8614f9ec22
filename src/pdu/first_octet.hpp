// The first octet of what the network sends us (23.040, 9.2.3.1 and on), and the time stamp field: what SMS-DELIVER and
// SMS-STATUS-REPORT share.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.hpp"
#include "pdu/message_type.hpp"
#include "pdu/reader.hpp"
#include "pdu/timestamp.hpp"

namespace burstd::pdu {

inline constexpr unsigned no_more_messages_bit = 0x04;
inline constexpr unsigned loop_prevention_bit = 0x08;
inline constexpr unsigned report_bit = 0x20;  // TP-SRI of a deliver, TP-SRQ of a status report
inline constexpr unsigned header_bit = 0x40;
inline constexpr unsigned reply_path_bit = 0x80;

constexpr MessageType message_type(std::uint8_t first_octet) {
  return MessageType{static_cast<std::uint8_t>(first_octet & 3U)};
}

// Code "pdu-type".
base::Error wrong_type(std::string_view expected);

Timestamp read_timestamp_field(Reader& reader, std::string_view field);

}  // namespace burstd::pdu

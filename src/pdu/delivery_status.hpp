// The TP-Status table (23.040, 9.2.3.15): what the network's octet means for the message and what a receptionist is
// told. Every value from 0 to 255 has a row. It decides nothing: see message/.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace burstd::pdu {

enum class Outcome : std::uint8_t {
  delivered,     // on the phone
  unconfirmed,   // the centre is done with it and cannot confirm
  still_trying,  // the centre goes on; a later report will follow
  failed,        // will not arrive and repeating does not help
  may_repeat,    // the centre has stopped for a passing cause; we may send again
  elsewhere,     // will not arrive this way; another SIM may reach it
};

struct DeliveryStatus {
  std::uint8_t first;
  std::uint8_t last;
  std::string_view name;
  Outcome outcome;
  std::string_view sentence;        // "{}" stands for the value, see delivery_sentence()
  std::string_view meanwhile = {};  // of these two: what is said as long as it is to be sent again
};

std::span<const DeliveryStatus> delivery_statuses();

const DeliveryStatus& delivery_status(std::uint8_t status);

std::string delivery_sentence(std::uint8_t status);

// "delivered", "unconfirmed", "still-trying", "failed", "may-repeat", "elsewhere".
std::string_view name(Outcome outcome);

constexpr bool is_final(Outcome outcome) { return outcome != Outcome::still_trying; }

}  // namespace burstd::pdu

// TP-Data-Coding-Scheme (23.038, section 4): one octet ⇄ how the user data is to be read. Reserved values are read as
// the default alphabet, as the standard demands of a receiver; compressed text is refused, not guessed at.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.hpp"

namespace burstd::pdu {

enum class Encoding : std::uint8_t { gsm7, octets, ucs2 };

// "gsm7", "8bit", "ucs2".
std::string_view name(Encoding encoding);

struct Coding {
  Encoding encoding = Encoding::gsm7;
  std::optional<std::uint8_t> message_class;  // 0 flash, 1 device, 2 SIM, 3 terminal equipment
  std::optional<std::uint8_t> waiting;        // message waiting: 0 voice mail, 1 fax, 2 e-mail, 3 other
  bool waiting_active = false;                // whether that indication is to be set or cleared
  bool discard = false;                       // indication only, the text need not be kept
  bool delete_after_reading = false;          // automatic deletion group
};

// Fails with code "dcs-compressed".
base::Result<Coding> read_coding(std::uint8_t scheme);

// The general group without compression: 0x00, 0x04, 0x08, or with a class 0x10…0x1B. A class above 3 is refused.
base::Result<std::uint8_t> coding_scheme(Encoding encoding, std::optional<std::uint8_t> message_class = std::nullopt);

}  // namespace burstd::pdu

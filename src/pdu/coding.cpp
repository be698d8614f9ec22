#include "pdu/coding.hpp"

namespace burstd::pdu {
namespace {

constexpr std::uint8_t compressed_bit = 0x20;
constexpr std::uint8_t class_bit = 0x10;

Encoding alphabet_bits(unsigned bits) {
  if (bits == 1) return Encoding::octets;
  return bits == 2 ? Encoding::ucs2 : Encoding::gsm7;
}

Coding general(std::uint8_t scheme) {
  Coding coding;
  coding.encoding = alphabet_bits(scheme >> 2U & 3U);
  if ((scheme & class_bit) != 0) coding.message_class = static_cast<std::uint8_t>(scheme & 3U);
  coding.delete_after_reading = (scheme & 0x40U) != 0;
  return coding;
}

Coding message_waiting(std::uint8_t scheme) {
  Coding coding;
  coding.encoding = (scheme & 0xF0U) == 0xE0 ? Encoding::ucs2 : Encoding::gsm7;
  coding.waiting = static_cast<std::uint8_t>(scheme & 3U);
  coding.waiting_active = (scheme & 8U) != 0;
  coding.discard = (scheme & 0xF0U) == 0xC0;
  return coding;
}

Coding class_group(std::uint8_t scheme) {
  Coding coding;
  coding.encoding = (scheme & 4U) != 0 ? Encoding::octets : Encoding::gsm7;
  coding.message_class = static_cast<std::uint8_t>(scheme & 3U);
  return coding;
}

}  // namespace

std::string_view name(Encoding encoding) {
  if (encoding == Encoding::octets) return "8bit";
  return encoding == Encoding::ucs2 ? "ucs2" : "gsm7";
}

base::Result<Coding> read_coding(std::uint8_t scheme) {
  if (scheme >= 0xF0) return class_group(scheme);
  if (scheme >= 0xC0) return message_waiting(scheme);
  if (scheme >= 0x80) return Coding{};  // reserved
  if ((scheme & compressed_bit) != 0) {
    return base::malformed("dcs-compressed",
                           "TP-DCS announces compressed text, which cannot be read. Ask the sender to send it plain.");
  }
  return general(scheme);
}

base::Result<std::uint8_t> coding_scheme(Encoding encoding, std::optional<std::uint8_t> message_class) {
  if (message_class && *message_class > 3) {
    return base::malformed("pdu-invalid", "The message class is not valid: use 0, 1, 2 or 3.");
  }
  unsigned scheme = static_cast<unsigned>(encoding) << 2U;
  if (message_class) scheme |= class_bit | *message_class;
  return static_cast<std::uint8_t>(scheme);
}

}  // namespace burstd::pdu

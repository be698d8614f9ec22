#include "pdu/message_type.hpp"

#include <algorithm>
#include <array>

#include "base/hex.hpp"
#include "pdu/first_octet.hpp"

namespace burstd::pdu {
namespace {

constexpr std::array<std::string_view, 4> names{"SMS-DELIVER", "SMS-SUBMIT-REPORT", "SMS-STATUS-REPORT", "reserved"};
constexpr std::string_view centre_field = "The service centre's address";
constexpr std::size_t longest_centre = 12;

bool has_centre(const base::Octets& octets, Prefix prefix) {
  if (prefix != Prefix::either || octets.empty()) return prefix != Prefix::absent;
  return octets[0] <= longest_centre && octets[0] + std::size_t{1} < octets.size();
}

}  // namespace

std::string_view name(MessageType type) { return names[static_cast<std::size_t>(type) & 3U]; }

base::Result<MessageType> incoming_type(std::string_view hex, Prefix prefix) {
  const auto octets = base::from_hex(hex);
  if (!octets) return octets.error();
  Reader reader(*octets);
  if (has_centre(*octets, prefix)) reader.take(reader.octet(centre_field), centre_field);
  const std::uint8_t first = reader.octet("TP-MTI");
  if (reader.failed()) return reader.error();
  return message_type(first);
}

base::Error wrong_type(std::string_view expected) {
  return base::malformed("pdu-type",
                         "TP-MTI is not that of an " + std::string(expected) + ". Check the direction of the PDU.");
}

Timestamp read_timestamp_field(Reader& reader, std::string_view field) {
  TimestampOctets octets{};
  std::ranges::copy(reader.take(octets.size(), field), octets.begin());
  return read_timestamp(octets);
}

}  // namespace burstd::pdu

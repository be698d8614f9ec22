#include "pdu/deliver.hpp"

#include <algorithm>

#include "pdu/address_fields.hpp"
#include "pdu/first_octet.hpp"
#include "pdu/user_data_field.hpp"

namespace burstd::pdu {
namespace {

std::uint8_t first_octet(const Deliver& deliver) {
  unsigned octet = static_cast<unsigned>(MessageType::deliver);
  if (!deliver.more_messages) octet |= no_more_messages_bit;
  if (deliver.loop_prevention) octet |= loop_prevention_bit;
  if (deliver.report_indication) octet |= report_bit;
  if (!deliver.user_data.header.octets.empty()) octet |= header_bit;
  if (deliver.reply_path) octet |= reply_path_bit;
  return static_cast<std::uint8_t>(octet);
}

Deliver read_deliver(Reader& reader, bool has_prefix) {
  Deliver deliver;
  if (has_prefix) deliver.service_centre = read_service_centre(reader);
  const std::uint8_t first = reader.octet("TP-MTI");
  const MessageType type = message_type(first);
  if (type != MessageType::deliver && type != MessageType::reserved) reader.refuse(wrong_type("SMS-DELIVER"));
  deliver.more_messages = (first & no_more_messages_bit) == 0;
  deliver.loop_prevention = (first & loop_prevention_bit) != 0;
  deliver.report_indication = (first & report_bit) != 0;
  deliver.reply_path = (first & reply_path_bit) != 0;
  deliver.originator = read_address(reader, "TP-OA");
  deliver.protocol = reader.octet("TP-PID");
  deliver.coding_scheme = reader.octet("TP-DCS");
  const Encoding encoding = read_encoding(reader, deliver.coding_scheme);
  deliver.timestamp = read_timestamp_field(reader, "TP-SCTS");
  deliver.user_data = read_user_data(reader, encoding, (first & header_bit) != 0);
  return deliver;
}

base::Result<Deliver> decode(OctetView octets, bool has_prefix) {
  Reader reader(octets);
  Deliver deliver = read_deliver(reader, has_prefix);
  if (reader.failed()) return reader.error();
  return deliver;
}

}  // namespace

base::Result<Encoded> encode(const Deliver& deliver) {
  Writer writer;
  if (const auto done = write_service_centre(writer, deliver.service_centre); !done) return done.error();
  writer.begin_tpdu();
  writer.octet(first_octet(deliver));
  if (const auto done = write_address(writer, deliver.originator, "TP-OA"); !done) return done.error();
  writer.octet(deliver.protocol);
  writer.octet(deliver.coding_scheme);
  writer.octets(write_timestamp(deliver.timestamp));
  const auto done = write_user_data(writer, deliver.user_data, deliver.coding_scheme);
  if (!done) return done.error();
  return writer.finish();
}

base::Result<Deliver> decode_deliver(std::string_view hex, Prefix prefix) {
  const auto octets = base::from_hex(hex);
  if (!octets) return octets.error();
  auto with = prefix == Prefix::absent ? base::Result<Deliver>(wrong_type("SMS-DELIVER")) : decode(*octets, true);
  if (with || prefix == Prefix::present) return with;
  auto without = decode(*octets, false);
  if (prefix == Prefix::absent) return without;
  return without && to_time(without->timestamp) ? without : with;
}

}  // namespace burstd::pdu

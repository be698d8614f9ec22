#include "pdu/status_report.hpp"

#include "pdu/address_fields.hpp"
#include "pdu/first_octet.hpp"
#include "pdu/user_data_field.hpp"

namespace burstd::pdu {
namespace {

// TP-Parameter-Indicator, 23.040, 9.2.3.27.
constexpr unsigned protocol_bit = 0x01;
constexpr unsigned coding_bit = 0x02;
constexpr unsigned user_data_bit = 0x04;
constexpr unsigned extension_bit = 0x80;
constexpr std::string_view indicator_field = "TP-PI";

std::uint8_t first_octet(const StatusReport& report) {
  unsigned octet = static_cast<unsigned>(MessageType::status_report);
  if (!report.more_messages) octet |= no_more_messages_bit;
  if (report.loop_prevention) octet |= loop_prevention_bit;
  if (report.for_command) octet |= report_bit;
  if (report.user_data && !report.user_data->header.octets.empty()) octet |= header_bit;
  return static_cast<std::uint8_t>(octet);
}

// What may follow TP-ST.
struct Optional {
  std::optional<std::uint8_t> protocol;
  std::optional<std::uint8_t> coding_scheme;
  std::optional<UserData> user_data;
};

Optional read_optional(Reader& reader, bool has_header) {
  if (reader.left() == 0) return {};
  const unsigned indicator = reader.octet(indicator_field);
  for (unsigned octet = indicator; (octet & extension_bit) != 0;) octet = reader.octet(indicator_field);
  Optional fields;
  if ((indicator & protocol_bit) != 0) fields.protocol = reader.octet("TP-PID");
  if ((indicator & coding_bit) != 0) fields.coding_scheme = reader.octet("TP-DCS");
  if ((indicator & user_data_bit) != 0) {
    const Encoding encoding = read_encoding(reader, fields.coding_scheme.value_or(0));
    fields.user_data = read_user_data(reader, encoding, has_header);
  }
  return reader.failed() ? Optional{} : fields;
}

struct Fixed {
  StatusReport report;
  bool has_header;
};

Fixed read_fixed(Reader& reader, bool has_prefix) {
  StatusReport report;
  if (has_prefix) report.service_centre = read_service_centre(reader);
  const std::uint8_t first = reader.octet("TP-MTI");
  if (message_type(first) != MessageType::status_report) reader.refuse(wrong_type("SMS-STATUS-REPORT"));
  report.more_messages = (first & no_more_messages_bit) == 0;
  report.loop_prevention = (first & loop_prevention_bit) != 0;
  report.for_command = (first & report_bit) != 0;
  report.message_reference = reader.octet("TP-MR");
  report.recipient = read_address(reader, "TP-RA");
  report.timestamp = read_timestamp_field(reader, "TP-SCTS");
  report.discharge = read_timestamp_field(reader, "TP-DT");
  report.status = reader.octet("TP-ST");
  return {std::move(report), (first & header_bit) != 0};
}

base::Result<StatusReport> decode(OctetView octets, bool has_prefix) {
  Reader reader(octets);
  Fixed fixed = read_fixed(reader, has_prefix);
  if (reader.failed()) return reader.error();
  Optional fields = read_optional(reader, fixed.has_header);
  fixed.report.protocol = fields.protocol;
  fixed.report.coding_scheme = fields.coding_scheme;
  fixed.report.user_data = std::move(fields.user_data);
  return std::move(fixed.report);
}

// Whether this can be what the sender meant, where a PDU could be read in two ways.
bool is_plausible(const base::Result<StatusReport>& report) {
  return report && !report->recipient.value.empty() && to_time(report->timestamp).has_value();
}

unsigned indicator(const StatusReport& report) {
  unsigned octet = 0;
  if (report.protocol) octet |= protocol_bit;
  if (report.coding_scheme) octet |= coding_bit;
  if (report.user_data) octet |= user_data_bit;
  return octet;
}

base::Result<void> write_optional(Writer& writer, const StatusReport& report) {
  const unsigned present = indicator(report);
  if (present == 0) return {};
  writer.octet(static_cast<std::uint8_t>(present));
  if (report.protocol) writer.octet(*report.protocol);
  if (report.coding_scheme) writer.octet(*report.coding_scheme);
  if (!report.user_data) return {};
  return write_user_data(writer, *report.user_data, report.coding_scheme.value_or(0));
}

}  // namespace

base::Result<Encoded> encode(const StatusReport& report) {
  Writer writer;
  if (const auto done = write_service_centre(writer, report.service_centre); !done) return done.error();
  writer.begin_tpdu();
  writer.octet(first_octet(report));
  writer.octet(report.message_reference);
  if (const auto done = write_address(writer, report.recipient, "TP-RA"); !done) return done.error();
  writer.octets(write_timestamp(report.timestamp));
  writer.octets(write_timestamp(report.discharge));
  writer.octet(report.status);
  if (const auto done = write_optional(writer, report); !done) return done.error();
  return writer.finish();
}

base::Result<StatusReport> decode_status_report(std::string_view hex, Prefix prefix) {
  const auto octets = base::from_hex(hex);
  if (!octets) return octets.error();
  if (prefix != Prefix::either) return decode(*octets, prefix == Prefix::present);
  auto with = decode(*octets, true);
  if (is_plausible(with)) return with;
  auto without = decode(*octets, false);
  return is_plausible(without) ? without : with;
}

}  // namespace burstd::pdu

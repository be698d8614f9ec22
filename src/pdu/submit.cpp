#include "pdu/submit.hpp"

#include <algorithm>

#include "pdu/address_fields.hpp"
#include "pdu/user_data_field.hpp"

namespace burstd::pdu {
namespace {

constexpr unsigned type_mask = 0x03;
constexpr unsigned type_submit = 0x01;
constexpr unsigned reject_duplicates_bit = 0x04;
constexpr unsigned enhanced_validity_bits = 0x08;
constexpr unsigned relative_validity_bits = 0x10;
constexpr unsigned absolute_validity_bits = 0x18;
constexpr unsigned status_report_bit = 0x20;
constexpr unsigned header_bit = 0x40;
constexpr unsigned reply_path_bit = 0x80;

constexpr std::string_view validity_field = "TP-VP";

unsigned validity_bits(const std::optional<Validity>& validity) {
  if (!validity) return 0;
  if (std::holds_alternative<RelativeValidity>(*validity)) return relative_validity_bits;
  return std::holds_alternative<Timestamp>(*validity) ? absolute_validity_bits : enhanced_validity_bits;
}

std::uint8_t first_octet(const Submit& submit) {
  unsigned octet = type_submit | validity_bits(submit.validity);
  if (submit.reject_duplicates) octet |= reject_duplicates_bit;
  if (submit.status_report) octet |= status_report_bit;
  if (!submit.user_data.header.octets.empty()) octet |= header_bit;
  if (submit.reply_path) octet |= reply_path_bit;
  return static_cast<std::uint8_t>(octet);
}

void write_validity(Writer& writer, const std::optional<Validity>& validity) {
  if (!validity) return;
  if (const auto* relative = std::get_if<RelativeValidity>(&*validity)) {
    writer.octet(relative->value);
  } else if (const auto* absolute = std::get_if<Timestamp>(&*validity)) {
    writer.octets(write_timestamp(*absolute));
  } else {
    writer.octets(std::get<EnhancedValidity>(*validity).octets);
  }
}

std::optional<Validity> read_validity(Reader& reader, unsigned bits) {
  if (bits == 0) return std::nullopt;
  if (bits == relative_validity_bits) return RelativeValidity{reader.octet(validity_field)};
  EnhancedValidity seven;
  std::ranges::copy(reader.take(seven.octets.size(), validity_field), seven.octets.begin());
  if (bits == absolute_validity_bits) return read_timestamp(seven.octets);
  return seven;
}

Submit read_submit(Reader& reader) {
  Submit submit;
  submit.service_centre = read_service_centre(reader);
  const unsigned first = reader.octet("TP-MTI");
  if ((first & type_mask) != type_submit) {
    reader.refuse(base::malformed("pdu-type", "TP-MTI is not that of an SMS-SUBMIT. Check the direction of the PDU."));
  }
  submit.reject_duplicates = (first & reject_duplicates_bit) != 0;
  submit.status_report = (first & status_report_bit) != 0;
  submit.reply_path = (first & reply_path_bit) != 0;
  submit.message_reference = reader.octet("TP-MR");
  submit.destination = read_address(reader, "TP-DA");
  submit.protocol = reader.octet("TP-PID");
  submit.coding_scheme = reader.octet("TP-DCS");
  const Encoding encoding = read_encoding(reader, submit.coding_scheme);
  submit.validity = read_validity(reader, first & absolute_validity_bits);
  submit.user_data = read_user_data(reader, encoding, (first & header_bit) != 0);
  if (reader.left() > 0) reader.refuse("TP-UD", "the PDU goes on after the length it declares");
  return submit;
}

}  // namespace

base::Result<Encoded> encode(const Submit& submit) {
  Writer writer;
  if (const auto done = write_service_centre(writer, submit.service_centre); !done) return done.error();
  writer.begin_tpdu();
  writer.octet(first_octet(submit));
  writer.octet(submit.message_reference);
  if (const auto done = write_address(writer, submit.destination, "TP-DA"); !done) return done.error();
  writer.octet(submit.protocol);
  writer.octet(submit.coding_scheme);
  write_validity(writer, submit.validity);
  const auto done = write_user_data(writer, submit.user_data, submit.coding_scheme);
  if (!done) return done.error();
  return writer.finish();
}

base::Result<Submit> decode_submit(std::string_view hex) {
  const auto octets = base::from_hex(hex);
  if (!octets) return octets.error();
  Reader reader(*octets);
  Submit submit = read_submit(reader);
  if (reader.failed()) return reader.error();
  return submit;
}

base::Result<Encoded> encode_part(const Segmentation& segmentation, std::size_t part, const Envelope& envelope) {
  const std::size_t total = segmentation.segments.size();
  if (part == 0 || part > total || total > 255) return invalid("The part's number", "there is no such part");
  auto destination = number_address(envelope.destination);
  if (!destination) return destination.error();
  const auto scheme = coding_scheme(segmentation.encoding, envelope.message_class);
  if (!scheme) return scheme.error();
  Submit submit;
  submit.status_report = envelope.status_report;
  submit.destination = *std::move(destination);
  submit.coding_scheme = *scheme;
  if (envelope.validity) submit.validity = relative_validity(*envelope.validity);
  submit.user_data.encoding = segmentation.encoding;
  submit.user_data.payload = segmentation.segments[part - 1].payload;
  submit.user_data.header = part_header(segmentation, part, envelope.reference);
  return encode(submit);
}

}  // namespace burstd::pdu

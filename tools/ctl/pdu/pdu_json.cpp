#include "ctl/pdu/pdu_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <optional>
#include <utility>

#include "base/hex.hpp"
#include "ctl/words/dialled.hpp"
#include "pdu/deliver.hpp"
#include "pdu/message_type.hpp"
#include "pdu/status_report.hpp"

namespace burstd::ctl {

namespace {

namespace json = boost::json;

// JSON may hold DEL and the eight-bit controls (U+0080 to U+009F) as they are, but somebody's message could move a
// terminal's cursor with them. They stand in strings only, where their escapes mean the same.
std::string rendered(const json::object& said) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string safe;
  const auto escaped = [&safe, digits](unsigned octet) {
    safe.append("\\u00").append(1, digits[octet >> 4U]).append(1, digits[octet & 0x0FU]);
  };
  const std::string plain = json::serialize(said);
  for (std::size_t at = 0; at < plain.size(); ++at) {
    const auto octet = static_cast<unsigned char>(plain[at]);
    const unsigned next = at + 1 < plain.size() ? static_cast<unsigned char>(plain[at + 1]) : 0U;
    if (octet == 0x7F) {
      escaped(octet);
    } else if (octet == 0xC2 && next < 0xA0) {
      escaped(next);
      ++at;
    } else {
      safe.push_back(plain[at]);
    }
  }
  return safe;
}

void put_addresses(json::object& said, const std::optional<pdu::Address>& centre, const pdu::Address& address) {
  if (centre && !centre->value.empty()) said.emplace("smsc", pdu::to_text(*centre));
  said.emplace("address", address.value.empty() ? std::string() : pdu::to_text(address));
}

void put_text(json::object& said, const pdu::UserData& data, std::uint8_t scheme) {
  if (data.encoding == pdu::Encoding::octets) {
    said.emplace("data_hex", base::to_hex(data.payload));
  } else {
    said.emplace("text", pdu::text(data));
  }
  said.emplace("encoding", pdu::name(data.encoding));
  const auto coding = pdu::read_coding(scheme);
  if (coding && coding->message_class) said.emplace("class", *coding->message_class);
}

// A date that is none is left out: it is no time.
void put_time(json::object& said, std::string_view member, const pdu::Timestamp& timestamp) {
  if (auto time = pdu::to_rfc3339(timestamp)) said.emplace(member, *std::move(time));
}

void put_header(json::object& said, const pdu::Header& header) {
  if (const auto concat = pdu::concatenation(header)) {
    said.emplace("concat",
                 json::object{{"reference", concat->reference}, {"total", concat->total}, {"part", concat->part}});
  }
  if (const auto ports = pdu::ports(header)) {
    said.emplace("ports", json::object{{"destination", ports->destination}, {"source", ports->source}});
  }
}

std::string of_deliver(const pdu::Deliver& deliver) {
  json::object said{{"type", "SMS-DELIVER"}};
  put_addresses(said, deliver.service_centre, deliver.originator);
  put_text(said, deliver.user_data, deliver.coding_scheme);
  put_time(said, "timestamp", deliver.timestamp);
  put_header(said, deliver.user_data.header);
  return rendered(said);
}

std::string of_status_report(const pdu::StatusReport& report) {
  json::object said{{"type", "SMS-STATUS-REPORT"}};
  put_addresses(said, report.service_centre, report.recipient);
  if (report.user_data) put_text(said, *report.user_data, report.coding_scheme.value_or(0));
  put_time(said, "timestamp", report.timestamp);
  put_time(said, "discharge_time", report.discharge);
  said.emplace("status", report.status);
  said.emplace("message_reference", report.message_reference);
  if (report.user_data) put_header(said, report.user_data->header);
  return rendered(said);
}

std::string of_submit(const pdu::Submit& submit) {
  json::object said{{"type", "SMS-SUBMIT"}};
  put_addresses(said, submit.service_centre, submit.destination);
  put_text(said, submit.user_data, submit.coding_scheme);
  said.emplace("message_reference", submit.message_reference);
  put_header(said, submit.user_data.header);
  return rendered(said);
}

base::Result<std::string> read_submit(std::string_view hex) {
  const auto submit = pdu::decode_submit(hex);
  if (!submit) return submit.error();
  return of_submit(*submit);
}

base::Result<std::string> read_deliver(std::string_view hex) {
  const auto deliver = pdu::decode_deliver(hex, pdu::Prefix::present);
  if (!deliver) return deliver.error();
  return of_deliver(*deliver);
}

base::Result<std::string> read_status_report(std::string_view hex) {
  const auto report = pdu::decode_status_report(hex, pdu::Prefix::present);
  if (!report) return report.error();
  return of_status_report(*report);
}

base::Result<std::string> read_incoming(std::string_view hex) {
  const auto type = pdu::incoming_type(hex, pdu::Prefix::present);
  if (!type) return type.error();
  if (*type == pdu::MessageType::status_report) return read_status_report(hex);
  if (*type != pdu::MessageType::submit_report) return read_deliver(hex);
  return base::malformed("pdu-type",
                         "TP-MTI is neither that of an SMS-DELIVER nor of an SMS-STATUS-REPORT. Check the direction "
                         "of the PDU.");
}

std::string_view without_blanks_around(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

}  // namespace

base::Result<std::string> pdu_to_json(Direction direction, std::string_view hex) {
  hex = without_blanks_around(hex);
  if (hex.empty()) return base::malformed("hex-invalid", "HEX is empty. Copy the whole line that the modem printed.");
  const auto octets = base::from_hex(hex);
  if (!octets) return base::malformed("hex-invalid", "HEX is not valid. " + octets.error().sentence);
  return direction == Direction::mo ? read_submit(hex) : read_incoming(hex);
}

base::Result<std::string> text_to_pdus(std::string_view text, pdu::Envelope envelope) {
  auto destination = dialled(envelope.destination);
  if (!destination) return destination.error();
  envelope.destination = *std::move(destination);
  const auto cut = pdu::segment(text);
  if (!cut) return cut.error();
  json::array pdus;
  for (std::size_t part = 1; part <= cut->segments.size(); ++part) {
    const auto encoded = pdu::encode_part(*cut, part, envelope);
    if (!encoded) return encoded.error();
    pdus.push_back(json::object{{"pdu", encoded->hex}, {"length", encoded->length}});
  }
  json::object said{{"encoding", pdu::name(cut->encoding)}};
  said.emplace("segments", cut->segments.size());
  said.emplace("units_used", cut->units_used);
  said.emplace("units_per_segment", cut->units_per_segment);
  said.emplace("pdus", std::move(pdus));
  return rendered(said);
}

}  // namespace burstd::ctl

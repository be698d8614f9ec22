#include "sim/tpdu.hpp"

#include <algorithm>
#include <utility>

#include "pdu/deliver.hpp"
#include "pdu/segment.hpp"
#include "pdu/status_report.hpp"
#include "pdu/submit.hpp"

namespace burstd::sim {

namespace {

std::optional<Concat> read_concat(const pdu::UserData& data) {
  const auto read = pdu::concatenation(data.header);
  if (!read) return std::nullopt;
  return Concat{read->reference, read->total, read->part};
}

std::optional<std::int64_t> read_validity(const std::optional<pdu::Validity>& validity) {
  if (!validity) return std::nullopt;
  const auto seconds = pdu::duration(*validity);
  if (!seconds) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::minutes>(*seconds).count();
}

base::Result<void> check_length(std::string_view hex, int length) {
  const auto octets = base::from_hex(hex);
  if (!octets) return octets.error();
  if (octets->empty() || octets->size() != 1U + octets->front() + static_cast<std::size_t>(length)) {
    return base::malformed("length-mismatch", "The length in AT+CMGS does not agree with the PDU.");
  }
  return {};
}

base::Result<pdu::Address> sender(std::string_view from) {
  const bool number = from.find_first_not_of("+0123456789*#") == std::string_view::npos;
  return number ? pdu::number_address(from) : pdu::name_address(from);
}

}  // namespace

base::Result<Submit> read_submit(std::string_view hex, int length) {
  const auto checked = check_length(hex, length);
  if (!checked) return checked.error();
  const auto read = pdu::decode_submit(hex);
  if (!read) return read.error();
  Submit submit;
  submit.to = pdu::to_text(read->destination);
  submit.text = pdu::text(read->user_data);
  submit.encoding = pdu::name(read->user_data.encoding);
  submit.report = read->status_report;
  submit.validity = read_validity(read->validity);
  submit.concat = read_concat(read->user_data);
  return submit;
}

base::Result<Line> write_report(const ReportFacts& facts) {
  const auto centre = pdu::number_address(facts.smsc);
  if (!centre) return centre.error();
  const auto recipient = pdu::number_address(facts.to);
  if (!recipient) return recipient.error();
  pdu::StatusReport report;
  report.service_centre = *centre;
  report.message_reference = static_cast<std::uint8_t>(facts.mr);
  report.recipient = *recipient;
  report.timestamp = pdu::timestamp_at(facts.accepted);
  report.discharge = pdu::timestamp_at(facts.discharged);
  report.status = static_cast<std::uint8_t>(facts.status);
  const auto encoded = pdu::encode(report);
  if (!encoded) return encoded.error();
  return Line{encoded->hex, encoded->length};
}

base::Result<std::vector<Line>> write_letter(const Letter& letter) {
  const auto centre = pdu::number_address(letter.smsc);
  if (!centre) return centre.error();
  const auto from = sender(letter.from);
  if (!from) return from.error();
  const auto cut = pdu::segment(letter.text);
  if (!cut) return cut.error();
  const auto scheme = pdu::coding_scheme(cut->encoding);
  if (!scheme) return scheme.error();
  std::vector<Line> lines;
  const auto total = static_cast<std::uint8_t>(cut->segments.size());
  for (const auto& segment : cut->segments) {
    pdu::Deliver deliver;
    deliver.service_centre = *centre;
    deliver.originator = *from;
    deliver.coding_scheme = *scheme;
    deliver.timestamp = pdu::timestamp_at(letter.sent);
    deliver.user_data.encoding = cut->encoding;
    deliver.user_data.payload = segment.payload;
    const auto part = static_cast<std::uint8_t>(lines.size() + 1);
    const pdu::Concatenation concatenation{static_cast<std::uint16_t>(letter.reference & 0xFF), total, part, false};
    if (total > 1) pdu::append(deliver.user_data.header, concatenation);
    deliver.more_messages = part < total;
    const auto encoded = pdu::encode(deliver);
    if (!encoded) return encoded.error();
    lines.push_back({encoded->hex, encoded->length});
  }
  return lines;
}

}  // namespace burstd::sim

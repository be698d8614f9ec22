// Fuzzes segmenting: the first octet names a language that is allowed, the rest is the text. The parts join to the
// text, each keeps its room, and each is read from its PDU as it was written.
#include <cstdlib>

#include "pdu/submit.hpp"

namespace {

using namespace burstd;

void check_part(const pdu::Segmentation& cut, std::size_t part) {
  const pdu::Segment& segment = cut.segments[part - 1];
  const std::size_t room = pdu::capacity(cut.encoding, pdu::part_header(cut, part, 7));
  if (static_cast<std::size_t>(cut.units_per_segment) != room || segment.units > cut.units_per_segment) std::abort();
  pdu::Envelope envelope;
  envelope.destination = "+41791234567";
  envelope.reference = 7;
  const auto submit = pdu::decode_submit(pdu::encode_part(cut, part, envelope).value().hex).value();
  if (pdu::text(submit.user_data) != segment.text) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto cut = pdu::segment(text, {{pdu::language(data[0])}});
  if (!cut) return 0;
  const auto plain = pdu::segment(text).value();
  if (cut->segments.size() > plain.segments.size()) std::abort();
  std::string joined;
  for (std::size_t part = 1; part <= cut->segments.size(); ++part) {
    check_part(*cut, part);
    joined += cut->segments[part - 1].text;
  }
  if (joined != text) std::abort();
  return 0;
}

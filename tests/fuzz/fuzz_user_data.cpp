// Fuzzes TP-UD: header, septets and text of every alphabet. The first octet says how the data is coded and whether it
// has a header; what is read is written and read again as the same, and its text has a code in the alphabet it came
// from.
#include <cstdlib>

#include "base/utf8.hpp"
#include "pdu/user_data_field.hpp"

namespace {

using namespace burstd;

void check_text(const pdu::UserData& data) {
  const std::string text = pdu::text(data);
  const pdu::Alphabet alphabet = pdu::alphabet(data.header);
  const auto points = base::from_utf8(text);
  if (!points) std::abort();
  if (data.encoding != pdu::Encoding::gsm7) return;
  const auto septets = pdu::to_septets(*points, alphabet);
  if (!septets || pdu::septets_to_utf8(*septets, alphabet) != text) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const pdu::Encoding encoding{static_cast<std::uint8_t>(data[0] % 3)};
  pdu::Reader reader(std::span(data, size).subspan(1));
  const pdu::UserData read = pdu::read_user_data(reader, encoding, data[0] >= 0x80);
  if (reader.failed()) return 0;
  check_text(read);
  pdu::Writer writer;
  if (!pdu::write_user_data(writer, read, pdu::coding_scheme(encoding).value())) std::abort();
  const auto octets = base::from_hex(writer.finish().hex).value();
  pdu::Reader again(octets);
  if (pdu::read_user_data(again, encoding, !read.header.octets.empty()) != read || again.left() > 0) std::abort();
  return 0;
}

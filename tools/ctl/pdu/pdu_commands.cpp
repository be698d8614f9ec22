#include "ctl/pdu/pdu_commands.hpp"

#include <istream>
#include <iterator>
#include <ostream>

namespace burstd::ctl {

namespace {

Exit print(const Session& session, const base::Result<std::string>& said, Exit otherwise) {
  if (!said) return complain(session, said.error().sentence, otherwise);
  session.term.out << *said << '\n';
  return Exit::done;
}

}  // namespace

Exit decode_pdu(const Session& session, const PduReading& reading) {
  std::string hex = reading.hex;
  if (hex == "-") hex.assign(std::istreambuf_iterator<char>(session.term.in), std::istreambuf_iterator<char>());
  return print(session, pdu_to_json(reading.direction, hex), Exit::usage);
}

Exit encode_pdu(const Session& session, const PduWriting& writing) {
  const std::string text = writing.text ? *writing.text : read_text(session.term);
  return print(session, text_to_pdus(text, writing.envelope), Exit::refused);
}

}  // namespace burstd::ctl

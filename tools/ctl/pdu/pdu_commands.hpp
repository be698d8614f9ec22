// burstctl pdu decode and encode: SMS PDUs as modems write and read them, for people who look into a log or try a
// modem by hand. Called by the command line. Asks no gateway, sends nothing, records nothing.
#pragma once

#include <optional>
#include <string>

#include "ctl/pdu/pdu_json.hpp"
#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct PduReading {
  Direction direction = Direction::mt;
  std::string hex;  // "-": standard input
};

struct PduWriting {
  pdu::Envelope envelope{{}, false, {}, 0, {}};
  std::optional<std::string> text;  // nothing: standard input
};

// Exit::usage where HEX is no such PDU.
Exit decode_pdu(const Session& session, const PduReading& reading);

// Exit::refused where it cannot be sent.
Exit encode_pdu(const Session& session, const PduWriting& writing);

}  // namespace burstd::ctl

// PDUs as JSON, for burstctl pdu: what an SMS says octet by octet, and the PDUs that carry a text. Pure and without
// CLI11, so that a fuzzer can link it; needs no gateway and no configuration. Reads as the daemon reads, through pdu,
// and adds no judgement of its own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "pdu/submit.hpp"

namespace burstd::ctl {

// Mobile terminated: from the network to us. Mobile originated: from us.
enum class Direction : std::uint8_t { mt, mo };

// One JSON object with the members that apply. `hex` begins with the service-centre length octet; either case, blanks
// around it are left out. The error's sentence is one line and names the field that is not sound.
base::Result<std::string> pdu_to_json(Direction direction, std::string_view hex);

// One JSON object with the SMS-SUBMITs of a UTF-8 text, cut as the daemon cuts it. The destination is as a person
// typed it, see dialled(). The error's sentence is one line.
base::Result<std::string> text_to_pdus(std::string_view text, pdu::Envelope envelope);

}  // namespace burstd::ctl

// Whether a PDU line begins with the service centre's address. Nearly every modem puts it there; a few old ones do not,
// and the driver may say so. For the decoders of what comes in.
#pragma once

#include <cstdint>

namespace burstd::pdu {

enum class Prefix : std::uint8_t {
  present,  // the service-centre length octet comes first
  absent,   // the line is the bare TPDU
  either,   // read as present where that is sound, else as absent
};

}  // namespace burstd::pdu

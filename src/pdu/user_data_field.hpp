// How TP-UDL and TP-UD stand in a PDU, for the decoders and encoders of this room. Never seen outside the room; see
// user_data.hpp.
#pragma once

#include "pdu/reader.hpp"
#include "pdu/user_data.hpp"
#include "pdu/writer.hpp"

namespace burstd::pdu {

// `has_header` is TP-UDHI.
UserData read_user_data(Reader& reader, Encoding encoding, bool has_header);

// Reads TP-DCS's meaning and refuses where it cannot be read.
Encoding read_encoding(Reader& reader, std::uint8_t scheme);

// Fails with "text-too-long" or "pdu-invalid"; `scheme` is the TP-DCS it is sent under.
base::Result<void> write_user_data(Writer& writer, const UserData& data, std::uint8_t scheme);

}  // namespace burstd::pdu

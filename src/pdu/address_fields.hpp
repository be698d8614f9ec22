// How addresses stand in a PDU, for the decoders and encoders of this room: the service centre's and those of sender
// and recipient are counted differently. Never seen outside the room; see address.hpp.
#pragma once

#include <optional>
#include <string_view>

#include "pdu/address.hpp"
#include "pdu/reader.hpp"
#include "pdu/writer.hpp"

namespace burstd::pdu {

// Length in octets; 0 for none.
std::optional<Address> read_service_centre(Reader& reader);

// Length in semi-octets; `field` is TP-DA, TP-OA or TP-RA.
Address read_address(Reader& reader, std::string_view field);

// Both fail with "address-invalid" before anything is written.
base::Result<void> write_service_centre(Writer& writer, const std::optional<Address>& address);
base::Result<void> write_address(Writer& writer, const Address& address, std::string_view field);

}  // namespace burstd::pdu

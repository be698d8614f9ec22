// A number as a person typed it, as a PDU can carry it where no country is known: burstctl pdu encode has no
// configuration and therefore no numbering plan to read 079… by. Pure. Never judges whether the number exists; see
// number::parse() for what the gateway does.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace burstd::ctl {

// With a plus sign E.164, "+41791234567"; else the digits, * and # as typed, to be dialled as they are. What only
// divides (blanks, dashes, brackets) is left out. Fails with "number-missing" or "number-invalid".
base::Result<std::string> dialled(std::string_view typed);

}  // namespace burstd::ctl

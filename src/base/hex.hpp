// Octets as hexadecimal text: upper case out, either case in. PDUs travel in this form on the AT line
// (27.005, 3.1) and are kept in it by the record. It knows nothing of what the octets mean.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace burstd::base {

using Octets = std::vector<std::uint8_t>;

std::string to_hex(std::span<const std::uint8_t> octets);

// Fails with code "hex-invalid" on an odd length or a character that is no hexadecimal digit.
Result<Octets> from_hex(std::string_view text);

}  // namespace burstd::base

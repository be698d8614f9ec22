// What the money on prepaid SIMs does to the light of a burst. Used where a burst is looked at and where it is sent; it
// asks no modem, the amount is what the operators said last.
#pragma once

#include <cstdint>
#include <optional>

#include "burst/light.hpp"
#include "store/connection.hpp"

namespace burstd::clinic {

// `credit`: segments that it pays for, of which some are promised to what waits already; nothing: no limit.
void limit_by_credit(burst::Quota& quota, std::optional<std::int64_t> credit, const store::Connection& connection);

}  // namespace burstd::clinic

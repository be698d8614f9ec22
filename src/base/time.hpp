// Time as a value. Wall time is UTC in milliseconds, steady time drives every wait; both are handed in
// by the caller (base::Now), so that nothing pure ever reads a clock.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace burstd::base {

using Milliseconds = std::chrono::milliseconds;
using Time = std::chrono::sys_time<Milliseconds>;
using Steady = std::chrono::steady_clock::time_point;

struct Now {
  Steady steady;
  Time wall;
};

// RFC 3339 in UTC with milliseconds, "2026-03-01T08:30:00.000Z".
std::string to_rfc3339(Time time);

// RFC 3339; an offset is required ("Z" or "+01:00"). Leap second 60 is read as 59.
Result<Time> from_rfc3339(std::string_view text);

// Milliseconds since 1970-01-01T00:00Z, as the record stores them.
inline std::int64_t to_millis(Time time) { return time.time_since_epoch().count(); }
inline Time from_millis(std::int64_t millis) { return Time{Milliseconds{millis}}; }

}  // namespace burstd::base

// Whether a burst fits what the SIMs may still send: the traffic light of a preview. Pure arithmetic; where the
// numbers come from is the caller's business.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace burstd::burst {

enum class Light : std::uint8_t { green, yellow, red };

struct Quota {
  std::optional<std::int64_t> available;  // segments; nothing: no limit is known
  std::int64_t needed = 0;
  std::int64_t margin = 50;
  std::optional<std::string> limited_by;
};

// Red: not enough. Yellow: enough, but less than `margin` would be left. Else green.
Light light(const Quota& quota);

std::string_view to_string(Light light);

}  // namespace burstd::burst

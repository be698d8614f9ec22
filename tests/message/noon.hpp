// A moment that the tests of this room reckon from; plan, match and retry share it, so that their times can be read
// beside each other.
#pragma once

#include "base/time.hpp"

namespace burstd::message {

inline const base::Time noon = base::from_millis(1'770'000'000'000);

}  // namespace burstd::message

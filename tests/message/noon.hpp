// A moment that the tests of this room reckon from.
#pragma once

#include "base/time.hpp"

namespace burstd::message {

inline const base::Time noon = base::from_millis(1'770'000'000'000);

}  // namespace burstd::message

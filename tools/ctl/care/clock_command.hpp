// burstctl trust-clock: a person vouches for the machine's clock, which the gateway does not believe. Called by the
// command line.
#pragma once

#include <string>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct ClockWish {
  std::string user, reason;
};

Exit trust_clock(const Session& session, const ClockWish& wish);

}  // namespace burstd::ctl

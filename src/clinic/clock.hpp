// A machine's clock that the gateway does not believe, and an administrator who vouches for it: the only way on where
// no network tells the time and no server sets the clock. api asks; what is believed, gateway/clock knows.
#pragma once

#include <string>

#include "clinic/audit.hpp"
#include "gateway/gateway.hpp"

namespace burstd::clinic {

struct Trusted {
  base::Time now;                // by the machine's clock, which counts from here on
  base::Milliseconds jumped{0};  // how far it was ahead of the gateway's; negative: behind
};

// Where the gateway was ahead, what waits is planned anew (gateway/clock_watch). `hand` names a user. Fails with
// "clock-agrees" where there is nothing to vouch for.
async::Task<base::Result<Trusted>> trust_clock(gateway::Gateway& gateway, Hand hand, std::string reason);

}  // namespace burstd::clinic

// When the machine's clock has jumped: who may say that it was right to, and what people are told. The course that the
// gateway keeps meanwhile is base::Course's; the time of the network, in reports and replies, is the witness.
#pragma once

#include <string>

#include "base/time.hpp"

namespace burstd::gateway {

// A moment that the network has just told. One that agrees with a clock that has jumped makes the gateway follow it.
void witness_clock(base::Time told);

// Empty while machine and gateway agree.
std::string clock_sentence();

}  // namespace burstd::gateway

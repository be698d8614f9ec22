// How long a refusal is waited out before the part is tried again: the manners that the error tables (at/) and the
// drivers name; message/retry holds the pauses of each. And how many refusals make a SIM suspect. Decides nothing.
#pragma once

#include <cstdint>

#include "base/blame.hpp"

namespace burstd::base {

enum class Patience : std::uint8_t {
  usual,         // a passing trouble of the network or the modem
  quick,         // a short one
  slow,          // the network or the service centre is overloaded
  congested,     // the same, and the SIM sends more slowly for a while
  very_slow,     // the network will not take it for long, or only not this one
  phone_away,    // the recipient's phone cannot be reached
  centre_fault,  // the service centre is out of order
  sim_busy,      // the SIM card is ready in seconds
  half_minute,   // the modem clears up first
  elsewhere,     // another SIM may have it at once
  another_sim,   // the same once, and one more try: then it is the number's fault
  once,          // one more try and no other
  twice,         // two more
};

// Where nothing else is said about a code.
constexpr Patience patience_of(Blame blame) { return blame == Blame::sim ? Patience::elsewhere : Patience::usual; }

// The same where each refusal is about the recipient or his phone: a list of old numbers is no blocked SIM.
constexpr int suspect_after_phones = 20;

// So many different numbers refused one after the other cast suspicion on the SIM, whatever each refusal blames;
// 0: it never does.
constexpr int suspect_after(Blame blame) {
  if (blame == Blame::ours) return 0;
  if (blame == Blame::recipient) return suspect_after_phones;
  return blame == Blame::sim ? 2 : 6;
}

}  // namespace burstd::base

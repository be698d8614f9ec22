// When the machine's clock has jumped, or shows at the start what cannot be: who may say what time it is, and what
// people are told. The course that the gateway keeps meanwhile is base::Course's; witnesses are the time of the
// network, in reports and replies and as modems tell it, and whatever sets the machine's clock.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"

namespace burstd::gateway {

// A moment that the network has just told. One that agrees with a clock that has jumped makes the gateway follow it.
void witness_clock(base::Time told);

// Whether such a moment would change anything now.
bool witnesses_count();

// The time as a modem has it from the network, now. Ends a doubt where it agrees with the machine's clock, or is not
// before what is on record; and goes before a clock that is ahead of it and that nobody has confirmed.
void hear_network_time(base::Time told, const std::string& modem);

// At the start, before anything is done: the newest time on record, and that of the newest deed (what the gateway says
// of itself aside). Less is no time, and neither is one before this program was written, unless the system says that
// its clock is synchronised.
struct OnRecord {
  std::optional<base::Time> newest, deed;
};
void begin_clock(const OnRecord& times);

// Somebody who may say so holds that the machine's clock is right: the gateway follows it.
void trust_clock(const std::string& who);

// Whether somebody ought to be asked for the time.
bool time_is_wanted();

// Ends a doubt where the system says that its clock is synchronised by now.
void follow_system_clock();

// By how much the gateway's own time was set back since this was last asked: what was planned before is by another.
base::Milliseconds take_set_back();

// The time by which things end that cannot be begun again (a message expires, a text is removed): what the gateway's
// clock shows, once anybody has told the same since the process began; until then only what has passed for certain,
// because a clock may be years ahead.
base::Time certain_time();

// Whether these two are so far apart that something may wait for its end.
bool ends_are_put_off();

// What it means for messages whose time is over by it that nobody has confirmed the clock.
std::string unconfirmed_sentence();

// Empty while machine and gateway agree.
std::string clock_sentence();

}  // namespace burstd::gateway

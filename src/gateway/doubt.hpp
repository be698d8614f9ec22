// Parts that may have left: sent once more where the policy of their category says so, and given back to doubt when
// that could not be done in time. The timekeeper, the ledger and the clinic ask. That a part was sent once more is read
// from its history, so that it holds over every restart; a second doubt waits for evidence or a person.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gateway/ledger.hpp"

namespace burstd::gateway {

// By SIM: since when somebody listens there without a break. Those that are not here are away.
using Listeners = std::map<std::string, base::Time>;

// Inside a unit: has every message whose policy wants it, and for which evidence was waited for long enough, wait to be
// sent once more. Silence of a SIM counts only from when somebody listens; one that is away is not waited for.
std::vector<Outcome> repeat_doubtful(store::Transaction& transaction, const Ledger& ledger, base::Time now,
                                     const Listeners& listeners);

// How what waits of a message ends.
struct Closing {
  base::Time at;
  message::Event event;               // where nothing has left
  Cause unsent, rest;                 // why, there and where something has
  std::string doubted;                // said of what was to be sent once more, and is in doubt again
  std::optional<std::string> detail;  // for the history
};

// Inside a unit: nothing of what waits goes any more. Where something has left or is on the air, the rest is given up;
// and what was to be sent once more is in doubt again.
void close_waiting(store::Transaction& transaction, const Ledger& ledger, message::Key key, const Closing& closing);

// The same where the time of what waits is over: it expires.
void give_up(store::Transaction& transaction, const Ledger& ledger, message::Key key, base::Time now);

// True when the part waits to be sent once more and an earlier copy of it may have left.
bool waits_in_doubt(const store::Connection& connection, const message::Part& part);

}  // namespace burstd::gateway

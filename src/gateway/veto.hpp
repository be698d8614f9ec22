// Why nothing of a message goes any more, although its state and the time would allow it: somebody has forbidden it,
// replaced it or withdrawn it. One answer for all who would let something wait or go: the dispatcher before each
// attempt, settlement after each verdict, repeat and doubt before a second sending. Always inside the unit that does
// it.
#pragma once

#include <cstdint>
#include <optional>

#include "gateway/ledger.hpp"

namespace burstd::gateway {

enum class Veto : std::uint8_t {
  opted_out,  // the number is not written to
  resent,     // it was sent again as another message
  cancelled,  // its burst was, and the network has no part of it: what it has is made whole, for a fragment helps
              // nobody
};

std::optional<Veto> veto_on(const store::Connection& connection, const message::Message& message);

// What stands against a message, as found at that time.
struct Ruling {
  Veto veto;
  base::Time at;
};

// Nothing of what waits goes. Where something may have left, it stays what it is and the rest is given up.
void enforce(store::Transaction& transaction, const Ledger& ledger, message::Key message, const Ruling& ruling);

// After a verdict, or a report that came with it: what waits of the message does not go where something stands against
// it by now. The outcome as it is then.
Outcome unless_vetoed(store::Transaction& transaction, const Ledger& ledger, Outcome outcome, base::Time at);

}  // namespace burstd::gateway

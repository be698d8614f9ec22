// Messages to us into replies: keeps every PDU as it came, puts long ones together, gives up waiting for a part that
// never comes, and understands what they say and to which messages. Everything inside a unit of the writer, so that a
// modem forgets only what is kept.
#pragma once

#include "gateway/observer.hpp"
#include "gateway/opt_out.hpp"

namespace burstd::gateway {

struct Received {
  bool changed = false;       // a reply came about, or grew
  Consequences consequences;  // of what it says
};

// A PDU that is already there changes nothing; one that cannot be read is kept.
Received receive(store::Transaction& transaction, const Ledger& ledger, const Arrival& arrival);

// Replies of which a part is missing since before `before`, as they are. Returns how many; at most `limit`.
std::size_t give_up_waiting(store::Transaction& transaction, const Ledger& ledger, base::Time before,
                            std::size_t limit);

}  // namespace burstd::gateway

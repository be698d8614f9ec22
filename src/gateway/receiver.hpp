// Messages to us into replies: keeps every PDU as it came, puts long ones together, gives up waiting for a part that
// never comes. Everything inside a unit of the writer, so that a modem forgets only what is kept.
#pragma once

#include "gateway/observer.hpp"

namespace burstd::gateway {

// True when a reply came about (or grew). A PDU that is already there changes nothing; one that cannot be read is kept.
bool receive(store::Transaction& transaction, const Arrival& arrival);

// Replies of which a part is missing since before `before`, as they are. Returns how many; at most `limit`.
std::size_t give_up_waiting(store::Transaction& transaction, base::Time before, std::size_t limit);

}  // namespace burstd::gateway

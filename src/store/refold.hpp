// A message's state computed again from what is on record of it: each event of its history by the rule for states, the
// parts into the message by the fold. Used by verification alone; what the ledger has written is not believed.
#pragma once

#include <optional>

#include "message/message.hpp"
#include "store/verify.hpp"

namespace burstd::store {

// Nothing: it is as it must be. In the snapshot that the connection holds.
std::optional<Broken> refold(const Connection& connection, message::Key key);

}  // namespace burstd::store

// Whom somebody should call: what has failed or is in doubt, without what was withdrawn or sent again. A list of its
// own because of its order, which is that of the appointments. clinic::Items asks; nothing is written here.
#pragma once

#include <optional>

#include "store/messages.hpp"

namespace burstd::store {

struct CallList {
  base::Time now;                     // as of this moment an appointment is over
  std::optional<bool> noted;          // only with a note, only without one
  std::optional<message::Key> after;  // the cursor: only what comes behind this one
};

// First the appointments that are to come, the soonest first; then what has none, the newest first; at last what is
// over, the newest first. Of the filter neither states nor status, `wait`, `before` and `changed_after` are looked at.
Page list_unreached(const Connection& connection, const Filter& filter, const CallList& list);

}  // namespace burstd::store

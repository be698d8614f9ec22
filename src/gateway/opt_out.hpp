// What a patient's STOP and START do, and a block by staff: all inside the unit of the writer that records them, so
// that no message to the number begins once they are on disk. What waits becomes `blocked`; where something has left or
// may have, the rest is given up. The receiver and the clinic ask, and veto for all who send; states change by the
// ledger.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/ledger.hpp"
#include "store/inbox.hpp"
#include "store/opt_outs.hpp"

namespace burstd::gateway {

// What the plan must hear of after the commit.
struct Consequences {
  std::vector<message::Key> withdrawn;
  std::vector<message::Message> queued;
};

// Since when, and for the history by whose word.
struct Word {
  base::Time at;
  std::string whose;
};

// A whole reply that says STOP or START takes effect on the number it came from; any other has no consequences, nor has
// a START that may be older than a STOP by the message centre's clock, or that came before. A STOP is confirmed where
// the configuration says so: no number twice in a day, and never again one that has answered a confirmation with STOP,
// for that is a machine.
Consequences heed(store::Transaction& transaction, const Ledger& ledger, const store::Reply& reply, base::Time at);

// Of what waits for the number nothing goes any more; what is on the air has its verdict first (unless_vetoed).
std::vector<message::Key> withhold_all(store::Transaction& transaction, const Ledger& ledger, const std::string& number,
                                       const Word& word);

// Confirmations that still wait when their opt-out is lifted would be wrong.
std::vector<message::Key> drop_confirmations(store::Transaction& transaction, const Ledger& ledger,
                                             const std::vector<store::OptOut>& lifted, base::Time at);

// The number is not written to, and this is not the confirmation of that.
bool is_withheld(const store::Connection& connection, message::Key message, const std::string& number);

// Of this one nothing goes any more.
void withhold(store::Transaction& transaction, const Ledger& ledger, message::Key message, const Word& word);

}  // namespace burstd::gateway

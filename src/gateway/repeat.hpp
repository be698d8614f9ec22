// The one more sending of a message that the service centre has given up for a passing cause: whole, and only when
// nothing of it was delivered. And what reports of the former sending still mean then. The observer's; it goes through
// the ledger like everything, inside the transaction of the report.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gateway/ledger.hpp"
#include "store/attempts.hpp"

namespace burstd::gateway {

// When all of it may go again by the word of a report that fails a part (`failed` is that step, not applied yet),
// should the other parts have such words, too. Nothing: it has failed, whatever they say. `others`: of every other SIM
// in service the routes that lead over it, for what only another one may deliver.
std::optional<base::Time> may_go_again_at(const store::Transaction& transaction, const Ledger& ledger,
                                          const Step& failed, const std::vector<std::uint64_t>& others);

// After a report has failed a part (`failed` is that step): every part has its last word, and none of them stands in
// the way, so that all wait for another sending. Not changed: it has failed, or other reports are still to come.
Outcome send_again(store::Transaction& transaction, const Ledger& ledger, const Step& failed,
                   const std::vector<std::uint64_t>& others);

// True when the same part was handed over once more since and may have left: that sending's report decides, and of
// this one only a delivery counts.
bool is_superseded(const store::Transaction& transaction, const store::Attempt& attempt);

// True when the part of this attempt, which left, waits for another sending.
bool waits_again(const store::Transaction& transaction, const store::Attempt& attempt);

// After a delivery of the former sending (`delivered` is that step) came while the whole waited for another one:
// nothing of it is sent again, for it would be a fragment.
Outcome leave_it(store::Transaction& transaction, const Ledger& ledger, const Step& delivered);

}  // namespace burstd::gateway

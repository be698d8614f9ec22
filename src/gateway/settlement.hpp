// What a verdict of a modem means for the record: finishes the attempt and applies the event, in one unit of
// the writer. Used for verdicts at once (dispatcher), late ones (station) and interrupted ones (recovery).
#pragma once

#include "gateway/ledger.hpp"
#include "modem/link.hpp"
#include "store/attempts.hpp"

namespace burstd::gateway {

// What an uncertain part says.
extern const Cause not_known;

// No modem gives a verdict later than that.
inline constexpr std::chrono::minutes longest_doubt{10};

struct Ending {
  std::int64_t attempt = 0;
  modem::Verdict verdict;
  base::Time at;
};

// Inside a unit. An attempt that has its verdict already is left as it is.
Outcome settle(store::Transaction& transaction, const Ledger& ledger, const Ending& ending);

// Until when a report may still come for what was handed over at `start`.
base::Time window_end(const store::Attempt& attempt, base::Time start, const Options& options);

}  // namespace burstd::gateway

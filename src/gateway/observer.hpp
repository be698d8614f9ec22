// Delivery reports into status transitions: decodes, finds the attempt, applies the event; keeps every report,
// also one that fits nothing. A report that comes before its +CMGS waits as an orphan and is adopted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "async/task.hpp"
#include "gateway/ledger.hpp"
#include "store/attempts.hpp"
#include "store/writer.hpp"

namespace burstd::gateway {

// A report as a modem handed it over.
struct Arrival {
  std::string modem, sim, pdu;
  base::Time at;
  std::vector<std::uint64_t> others = {};  // of every other SIM in service: the routes that lead over it
};

// Inside a unit: records the report and applies what it says. A PDU that cannot be read is kept as an orphan
// with status 255 and no recipient. A repetition of one already recorded changes nothing.
Outcome observe(store::Transaction& transaction, const Ledger& ledger, const Arrival& arrival);

// Inside a unit: orphans that turn out to be of this attempt, now that it has its verdict (or is known to have none).
Outcome adopt_early_reports(store::Transaction& transaction, const Ledger& ledger, const store::Attempt& attempt);

}  // namespace burstd::gateway

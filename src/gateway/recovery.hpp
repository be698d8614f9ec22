// What happens before anything is sent: what a crash left on the air becomes uncertain, what waits goes back
// into the plan. Of a restored record also what waited is doubted: it may have left after the copy was made. Nothing is
// ever sent again here.
#pragma once

#include "gateway/dispatcher.hpp"
#include "gateway/ledger.hpp"
#include "store/reader.hpp"
#include "store/restoration.hpp"
#include "store/writer.hpp"

namespace burstd::gateway {

struct Recovered {
  std::size_t interrupted = 0;                    // parts that were on the air
  std::size_t waiting = 0;                        // messages put back into the plan
  std::optional<store::Restoration> restoration;  // that nobody has released: the dispatcher sends nothing
};

async::Task<Recovered> recover(const Ledger& ledger, store::Writer& writer, store::Reader& reader,
                               Dispatcher& dispatcher);

// Of a record that was restored: what waited when it was copied and is due by then may have left, and is in doubt.
async::Task<base::Result<void>> doubt_restored(const Ledger& ledger, store::Writer& writer,
                                               const store::Restoration& restoration);

// What waits, into the dispatcher: at the start, and when it is to go by other routes.
async::Task<std::size_t> admit_waiting(store::Reader& reader, Dispatcher& dispatcher);

}  // namespace burstd::gateway

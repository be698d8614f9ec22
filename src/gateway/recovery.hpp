// What happens before anything is sent: what a crash left on the air becomes uncertain, what waits goes back
// into the plan. Nothing is ever sent again here.
#pragma once

#include "gateway/dispatcher.hpp"
#include "gateway/ledger.hpp"
#include "store/reader.hpp"
#include "store/writer.hpp"

namespace burstd::gateway {

struct Recovered {
  std::size_t interrupted = 0;  // parts that were on the air
  std::size_t waiting = 0;      // messages put back into the plan
};

async::Task<Recovered> recover(const Ledger& ledger, store::Writer& writer, store::Reader& reader,
                               Dispatcher& dispatcher);

}  // namespace burstd::gateway

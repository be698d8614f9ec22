// A unit of the writer that has to get on disk: a full disk or a busy record passes, and what a modem has told us must
// not be lost over it. Used where a verdict or a report is at stake; never for what a client can ask again.
#pragma once

#include <functional>

#include "async/signal.hpp"
#include "store/writer.hpp"

namespace burstd::gateway {

bool is_passing(const base::Error& error);

// Asks again every second until it is done, fails for another reason, or `waits` says that nobody waits any more.
template <class Unit>
auto insist(store::Writer& writer, Unit& unit, const std::function<bool()>& waits,
            store::Haste haste = store::Haste::now) -> async::Task<std::invoke_result_t<Unit&, store::Transaction&>> {
  constexpr std::chrono::seconds pause{1};
  while (true) {
    auto answer = co_await writer.run(unit, haste);
    if (answer || !is_passing(answer.error()) || !waits()) co_return answer;
    co_await async::sleep_for(pause);
  }
}

}  // namespace burstd::gateway

#include "gateway/recovery.hpp"

#include <algorithm>

#include "gateway/settlement.hpp"

namespace burstd::gateway {

namespace {

constexpr std::size_t page = 500;

// Settles every attempt that has no verdict as unknown.
base::Result<std::size_t> doubt(store::Transaction& transaction, const Ledger& ledger, base::Time now) {
  const auto parts = store::parts_on_air(transaction);
  for (const message::Part& part : parts) {
    for (const store::Attempt& attempt : store::attempts_of(transaction, part.message)) {
      if (attempt.part != part.number || attempt.result != "open") continue;
      const modem::Unknown interrupted{"The gateway was interrupted while this was on the air."};
      settle(transaction, ledger, {attempt.key, interrupted, now});
    }
  }
  return parts.size();
}

using Look = decltype(&store::queued_messages);

async::Task<std::size_t> admit_all(Look look, store::Reader& reader, Dispatcher& dispatcher) {
  std::size_t count = 0;
  std::optional<message::Key> next = 0;
  while (next) {
    auto unit = [&](const store::Connection& connection) { return look(connection, *next, page); };
    auto waiting = co_await reader.run(unit);
    count += waiting.jobs.size();
    for (message::Job& job : waiting.jobs) dispatcher.admit(std::move(job));
    next = waiting.next;
  }
  co_return count;
}

}  // namespace

async::Task<Recovered> recover(const Ledger& ledger, store::Writer& writer, store::Reader& reader,
                               Dispatcher& dispatcher) {
  Recovered recovered;
  auto doubting = [&](store::Transaction& transaction) { return doubt(transaction, ledger, async::now().wall); };
  recovered.interrupted = (co_await writer.run(doubting)).value();
  for (const auto look : {store::queued_messages, store::begun_messages}) {
    recovered.waiting += co_await admit_all(look, reader, dispatcher);
  }
  co_return recovered;
}

}  // namespace burstd::gateway

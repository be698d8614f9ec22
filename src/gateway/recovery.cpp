#include "gateway/recovery.hpp"

#include <algorithm>

#include "gateway/settlement.hpp"
#include "message/job.hpp"

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

const Cause restored{"restored",
                     "Not known whether it was sent: the gateway's record was restored from a copy. Phone the patient "
                     "rather than send again."};

// No modem of this record will ever say more of one that was not begun here: its window is over at once.
void doubt_message(store::Transaction& transaction, const Ledger& ledger, message::Key key, base::Time now) {
  for (const message::Part& part : store::parts_of(transaction, key)) {
    if (!message::waits(part)) continue;
    Step step;
    step.message = key;
    step.part = part.number;
    step.event = message::Event::lost;
    step.at = now;
    step.cause = restored;
    ledger.apply(transaction, step);
    step.event = message::Event::window_ended;
    ledger.apply(transaction, step);
  }
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
  auto restoration = [](const store::Connection& connection) { return store::standing_restoration(connection); };
  recovered.restoration = co_await reader.run(restoration);
  if (recovered.restoration) {  // before what was on the air is doubted: the parts behind it may have left, too
    dispatcher.keep_back(KeptBack::restored, true);
    (co_await doubt_restored(ledger, writer, *recovered.restoration)).value();
  }
  auto doubting = [&](store::Transaction& transaction) { return doubt(transaction, ledger, async::now().wall); };
  recovered.interrupted = (co_await writer.run(doubting)).value();
  recovered.waiting = co_await admit_waiting(reader, dispatcher);
  dispatcher.replan();
  co_return recovered;
}

async::Task<base::Result<void>> doubt_restored(const Ledger& ledger, store::Writer& writer,
                                               const store::Restoration& restoration) {
  store::Waited waited{0, restoration.last_message, async::now().wall};
  bool more = true;
  while (more) {
    auto unit = [&](store::Transaction& transaction) -> base::Result<std::vector<message::Key>> {
      const auto keys = store::maybe_sent(transaction, waited, page);
      for (const message::Key key : keys) doubt_message(transaction, ledger, key, async::now().wall);
      return keys;
    };
    const auto keys = co_await writer.run(unit);
    if (!keys) co_return keys.error();
    more = keys->size() == page;
    if (more) waited.after = keys->back();
  }
  co_return base::Result<void>();
}

async::Task<std::size_t> admit_waiting(store::Reader& reader, Dispatcher& dispatcher) {
  std::size_t waiting = 0;
  for (const auto look : {store::queued_messages, store::begun_messages}) {
    waiting += co_await admit_all(look, reader, dispatcher);
  }
  co_return waiting;
}

}  // namespace burstd::gateway

#include "gateway/timekeeper.hpp"

#include <algorithm>

#include "message/fold.hpp"

namespace burstd::gateway {

namespace {

using message::Event;
using namespace std::chrono_literals;

constexpr std::size_t slice = 200;  // units per transaction

Step ending(const message::Part& part, base::Time now) {
  const bool trying = part.last_status && (*part.last_status & 0x60) == 0x20;
  Step step;
  step.message = part.message;
  step.part = part.number;
  step.at = now;
  step.event = trying && part.standing.state == message::State::submitted ? Event::trying_ended : Event::window_ended;
  step.cause = step.event == Event::trying_ended ? Cause{"not-reached", "Phone not reached"}
                                                 : Cause{"no-report", "No delivery report"};
  return step;
}

// A message of which nothing left expires; of one that is half sent the rest is given up.
Step expiring(const store::Transaction& transaction, message::Key key, base::Time now) {
  const auto parts = store::parts_of(transaction, key);
  const bool left = std::ranges::any_of(parts, message::has_left);
  Step step;
  step.message = key;
  step.at = now;
  step.event = left ? Event::abandoned : Event::expired;
  step.cause =
      left ? Cause{"abandoned", "The rest could not be sent in time"} : Cause{"expired", "Expired before sending"};
  return step;
}

}  // namespace

Timekeeper::Timekeeper(const Ledger& ledger, store::Writer& writer, Dispatcher& dispatcher, Listening listening)
    : x_ledger(ledger), x_writer(writer), x_dispatcher(dispatcher), x_listening(std::move(listening)) {}

void Timekeeper::stop() {
  x_stopped = true;
  x_stop.notify();
}

async::Task<> Timekeeper::run() {
  while (!x_stopped) {
    co_await round(async::now().wall);
    const auto now = async::now();
    const auto next = x_dispatcher.next_change();
    const auto pause = next ? std::clamp<base::Milliseconds>(*next - now.wall, 100ms, 10s) : base::Milliseconds{10s};
    if (!x_stopped) co_await x_stop.wait_until(now.steady + pause);
  }
}

async::Task<> Timekeeper::round(base::Time now) {
  co_await expire(now);
  co_await end_windows(now);
  co_await give_up_stranded(now);
}

async::Task<> Timekeeper::expire(base::Time now) {
  const auto keys = x_dispatcher.take_expired(now);
  for (std::size_t at = 0; at < keys.size(); at += slice) {
    auto unit = [&](store::Transaction& transaction) -> base::Result<void> {
      for (std::size_t i = at; i < std::min(at + slice, keys.size()); ++i) {
        x_ledger.apply_all(transaction, expiring(transaction, keys[i], now));
      }
      return {};
    };
    co_await x_writer.run(unit);
  }
}

async::Task<> Timekeeper::end_windows(base::Time now) {
  for (const std::string& sim : x_listening()) {
    bool more = true;
    while (more) {
      auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
        const auto parts = store::parts_past_window(transaction, sim, now, slice);
        for (const message::Part& part : parts) x_ledger.apply(transaction, ending(part, now));
        return parts.size() == slice;
      };
      const auto answer = co_await x_writer.run(unit);
      more = answer && *answer;
    }
  }
}

async::Task<> Timekeeper::give_up_stranded(base::Time now) {
  auto unit = [&](store::Transaction& transaction) -> base::Result<std::vector<message::Key>> {
    const auto keys = store::stranded_messages(transaction, now - x_ledger.options().half_sent_limit);
    for (const message::Key key : keys) x_ledger.apply_all(transaction, expiring(transaction, key, now));
    return keys;
  };
  const auto keys = co_await x_writer.run(unit);
  if (!keys) co_return;
  for (const message::Key key : *keys) x_dispatcher.withdraw(key);
}

}  // namespace burstd::gateway

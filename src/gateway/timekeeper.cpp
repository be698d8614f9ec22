#include "gateway/timekeeper.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <span>

#include "gateway/clock.hpp"
#include "gateway/receiver.hpp"

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

base::Result<void> expire_all(store::Transaction& transaction, const Ledger& ledger, std::span<const message::Key> keys,
                              base::Time now) {
  for (const message::Key key : keys) give_up(transaction, ledger, key, now);
  return {};
}

// True when there may be more.
base::Result<bool> end_some(store::Transaction& transaction, const Ledger& ledger, const std::string& sim,
                            base::Time now) {
  ledger.listen(transaction, sim, now);
  const auto parts = store::parts_past_window(transaction, sim, now, slice);
  for (const message::Part& part : parts) ledger.apply(transaction, ending(part, now));
  return parts.size() == slice;
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
    if (!async::clock_doubted()) co_await round(certain_time());
    const auto now = async::now();
    const auto next = x_dispatcher.next_expiry();
    const auto pause = next ? std::clamp<base::Milliseconds>(*next - now.wall, 100ms, 10s) : base::Milliseconds{10s};
    if (!x_stopped) co_await x_stop.wait_until(now.steady + pause);
  }
}

async::Task<> Timekeeper::round(base::Time now) {
  const auto listening = x_listening();
  std::erase_if(x_listeners, [&](const auto& listener) { return !listening.contains(listener.first); });
  for (const std::string& sim : listening) x_listeners.try_emplace(sim, now);
  co_await expire(now);
  for (const std::string& sim : listening) co_await end_windows(sim, now);
  co_await give_up_stranded(now);
  co_await repeat(now);
  co_await give_up_replies(now);
}

// What of a long reply is there, when the rest does not come.
async::Task<> Timekeeper::give_up_replies(base::Time now) {
  const base::Time before = now - x_ledger.options().reply_wait;
  auto unit = [&](store::Transaction& transaction) -> base::Result<std::size_t> {
    return give_up_waiting(transaction, x_ledger, before, slice);
  };
  co_await x_writer.run(unit);
}

// They stay in the plan until the record says that they are over.
async::Task<> Timekeeper::expire(base::Time now) {
  const auto keys = x_dispatcher.expired(now);
  for (std::size_t at = 0; at < keys.size(); at += slice) {
    const auto some = std::span(keys).subspan(at, std::min(slice, keys.size() - at));
    auto unit = [&](store::Transaction& transaction) { return expire_all(transaction, x_ledger, some, now); };
    const auto done = co_await x_writer.run(unit);
    if (!done) co_return;
    for (const message::Key key : some) x_dispatcher.withdraw(key);
  }
}

async::Task<> Timekeeper::end_windows(const std::string& sim, base::Time now) {
  bool more = true;
  while (more) {
    auto unit = [&](store::Transaction& transaction) { return end_some(transaction, x_ledger, sim, now); };
    const auto answer = co_await x_writer.run(unit);
    more = answer && *answer;
  }
}

async::Task<> Timekeeper::give_up_stranded(base::Time now) {
  auto unit = [&](store::Transaction& transaction) -> base::Result<std::vector<message::Key>> {
    const auto keys = store::stranded_messages(transaction, now - x_ledger.options().half_sent_limit);
    for (const message::Key key : keys) give_up(transaction, x_ledger, key, now);
    return keys;
  };
  const auto keys = co_await x_writer.run(unit);
  if (!keys) co_return;
  for (const message::Key key : *keys) x_dispatcher.withdraw(key);
}

// Once the record says so the plan has it again.
async::Task<> Timekeeper::repeat(base::Time now) {
  if (x_ledger.options().resend_doubtful.empty()) co_return;
  auto unit = [&](store::Transaction& transaction) -> base::Result<std::vector<Outcome>> {
    return repeat_doubtful(transaction, x_ledger, now, x_listeners);
  };
  const auto outcomes = co_await x_writer.run(unit);
  if (!outcomes) co_return;
  for (const Outcome& outcome : *outcomes) {
    spdlog::warn("message {}: nobody knows whether it left; it is sent once more, as its category wants it",
                 outcome.part.message);
    x_dispatcher.admit(outcome.again);
  }
}

}  // namespace burstd::gateway

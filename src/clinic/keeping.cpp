#include "clinic/keeping.hpp"

#include <spdlog/spdlog.h>

#include "store/record.hpp"

namespace burstd::clinic {

namespace {

const std::string the_record = "the record";

base::Error not_held() {
  return base::Error{base::Fault::conflict, "not-held",
                     "The record is not held back: nothing was restored, or somebody has released it already."};
}

// What has fallen due since the copy was made is to be doubted.
base::Error clock_doubted() {
  return base::Error{base::Fault::conflict, "clock-doubted",
                     "The machine's clock is not believed, so that nobody knows what has fallen due since. Set it, or "
                     "say that it is right (burstctl trust-clock); then release the record."};
}

}  // namespace

async::Task<base::Result<store::Verification>> Keeping::verify(Hand hand) {
  auto found = co_await x_gateway.caretaker().verify();
  if (!found) co_return found.error();
  if (!found->whole) spdlog::error("the record is not whole: {}", found->sentence);
  store::blame_record(found->whole ? "" : found->sentence);
  Act act{"verified", the_record, "whole"};
  if (!found->whole) act.change = found->broken->what;
  co_await note(std::move(hand), std::move(act));
  co_return found;
}

async::Task<base::Result<store::Backup>> Keeping::back_up(Hand hand) {
  auto backup = co_await x_gateway.caretaker().back_up();
  if (!backup) {
    spdlog::error("{}", backup.error().sentence);
    Act act{"backup-failed", the_record, backup.error().code};
    co_await note(std::move(hand), std::move(act));
    co_return std::move(backup.error());
  }
  Act act{"backed-up", the_record, "to change " + std::to_string(backup->verification.newest.seq)};
  co_await note(std::move(hand), std::move(act));
  co_return std::move(backup);
}

async::Task<base::Result<store::Restoration>> Keeping::release(Hand hand, std::string reason) {
  if (async::clock_doubted()) co_return clock_doubted();
  const auto doubted = co_await x_gateway.doubt_due();
  if (!doubted) co_return doubted.error();
  const base::Time now = async::now().wall;
  const store::Releasing releasing{who(hand), reason, now};
  const Act act{"released", the_record, std::move(reason)};
  auto unit = [&](store::Transaction& transaction) -> base::Result<store::Restoration> {
    auto standing = store::standing_restoration(transaction);
    if (!standing) return not_held();
    put_on_record(transaction, hand, act, now);
    store::release(transaction, *standing, releasing);
    standing->released_at = now;
    return std::move(*standing);
  };
  auto released = co_await x_gateway.writer().run(unit);
  if (released) {
    spdlog::warn("the restored record was released by {}; sending goes on", hand.client);
    x_gateway.released();
  }
  co_return released;
}

// What was done counts even if the audit cannot take it.
async::Task<> Keeping::note(Hand hand, Act act) {
  auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
    put_on_record(transaction, hand, act, async::now().wall);
    return true;
  };
  const auto noted = co_await x_gateway.writer().run(unit);
  if (!noted) spdlog::warn("that the record was looked after is not in the audit: {}", noted.error().sentence);
}

}  // namespace burstd::clinic

#include "gateway/upkeep.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <span>
#include <utility>

#include "base/hex.hpp"
#include "gateway/clock.hpp"
#include "store/history.hpp"
#include "store/texts.hpp"

namespace burstd::gateway {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds between_looks = 2s;
constexpr base::Milliseconds between_removals = 1h;
constexpr base::Milliseconds between_heads = 24h;
constexpr std::size_t texts_at_once = 100;  // texts per transaction

}  // namespace

Upkeep::Upkeep(const Ledger& ledger, store::Writer& writer, store::Reader& reader, Dispatcher& dispatcher)
    : x_ledger(ledger), x_writer(writer), x_reader(reader), x_dispatcher(dispatcher) {}

void Upkeep::stop() {
  x_stopped = true;
  x_stop.notify();
}

async::Task<> Upkeep::run() {
  base::Steady next_head = async::now().steady;
  base::Time removed{};  // by the certain time, which goes far at once when somebody tells it
  bool first = true;
  while (!x_stopped) {
    co_await look_at_disk();
    const base::Steady now = async::now().steady;
    const base::Time certain = certain_time();
    if (certain - removed >= between_removals && !async::clock_doubted()) {
      removed = certain;
      co_await remove_texts(certain);
    }
    if (now >= next_head) {
      next_head = now + between_heads;
      std::string when = std::exchange(first, false) ? "at the start" : "today";
      co_await tell_head(std::move(when));
    }
    if (!x_stopped) co_await x_stop.wait_until(async::now().steady + between_looks);
  }
}

// A disk that does not answer must not hold up the loop.
async::Task<> Upkeep::look_at_disk() {
  store::Disk& disk = x_writer.disk();
  auto look = [&] {
    disk.look();
    return disk.room();
  };
  const store::Room room = co_await x_aside.run(look);
  x_dispatcher.keep_back(KeptBack::disk_full, room == store::Room::full);
  if (std::exchange(x_room, room) == room) co_return;
  if (room == store::Room::ample) {
    spdlog::info("there is room on the disk again");
  } else {
    spdlog::error("{}", disk.sentence());
  }
}

// What cannot be cleaned must not keep anything from being sent.
async::Task<> Upkeep::remove_texts(base::Time now) {
  const auto& age = x_ledger.options().remove_texts;
  if (!age) co_return;
  try {
    co_await remove_older(now - *age, now);
  } catch (const std::exception& failure) {
    spdlog::error("texts that are old could not be removed, and are tried again in an hour: {}", failure.what());
  }
}

async::Task<> Upkeep::remove_older(base::Time before, base::Time now) {
  std::optional<message::Key> next = 0;
  while (next && !x_stopped) next = co_await remove_some(before, now, *next);
  bool more = true;
  while (more && !x_stopped) more = co_await remove_others(before, now);
  if (x_log_holds_texts) x_log_holds_texts = !co_await x_writer.cut_log();
}

// Where the next page begins; nothing: this was the last, or the disk took nothing.
async::Task<std::optional<message::Key>> Upkeep::remove_some(base::Time before, base::Time now, message::Key after) {
  auto look = [&](const store::Connection& connection) { return store::old_texts(connection, before, after); };
  const store::OldTexts page = co_await x_reader.run(look);
  const std::span<const message::Key> keys(page.messages);
  for (std::size_t at = 0; at < keys.size() && !x_stopped; at += texts_at_once) {
    const auto some = keys.subspan(at, std::min(texts_at_once, keys.size() - at));
    auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
      for (const message::Key key : some) x_ledger.remove_text(transaction, key, now);
      return true;
    };
    const auto done = co_await x_writer.run(unit, store::Haste::can_wait);
    if (!done) co_return std::nullopt;
    x_log_holds_texts = true;
  }
  if (!keys.empty()) spdlog::info("texts that were too old were removed: {}", keys.size());
  co_return page.next;
}

async::Task<bool> Upkeep::remove_others(base::Time before, base::Time now) {
  auto unit = [&](store::Transaction& transaction) -> base::Result<std::size_t> {
    const auto replies = store::old_replies(transaction, before, texts_at_once);
    for (const std::int64_t reply : replies) store::remove_reply_text(transaction, reply, now);
    const auto batches = store::old_batches(transaction, before, 1);
    for (const std::int64_t batch : batches) store::remove_batch_texts(transaction, batch, now);
    return replies.size() + batches.size();
  };
  const auto removed = co_await x_writer.run(unit, store::Haste::can_wait);
  if (!removed || *removed == 0) co_return false;
  x_log_holds_texts = true;
  co_return true;
}

async::Task<> Upkeep::tell_head(std::string when) {
  auto look = [](const store::Connection& connection) { return store::newest_change(connection); };
  const store::Newest newest = co_await x_reader.run(look);
  spdlog::info("the record {}: epoch {}, change {}, seal {}", when, x_writer.epoch(), newest.seq,
               base::to_hex(newest.seal));
}

}  // namespace burstd::gateway

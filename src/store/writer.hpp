// The one thread that writes. Units from many modems and clients share a commit (group commit), each in a
// savepoint of its own: a unit that returns an error is rolled back alone. A commit or sync that fails breaks
// the store: every waiter gets "store-broken", nothing is tried again, and `broken` tells the process to end.
// A full disk does not: nothing of that commit is kept and its waiters get "disk-full".
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "async/signal.hpp"
#include "async/task.hpp"
#include "base/result.hpp"
#include "store/connection.hpp"
#include "store/disk.hpp"
#include "store/options.hpp"

namespace burstd::store {

// How soon a unit is wanted. One that can wait is in the commit of the next that cannot, before it, or soon alone; one
// that changes thousands of rows has a commit alone, which spares SQLite a second journal of them.
enum class Haste : std::uint8_t { now, can_wait, alone };

class Writer {
 public:
  // Opens (creating and migrating where needed) and locks the record; throws base-room errors as
  // std::runtime_error with a sentence when it cannot. `broken` is called once, on the writer's thread.
  Writer(const Options& options, async::Executor loop, std::function<void(std::string)> broken);
  ~Writer();  // finishes what was queued, then joins the thread

  // Runs `unit(Transaction&) -> base::Result<T>` on the writer's thread; resumes on the loop when the commit is
  // durable. The wait cannot be cancelled; `unit` must live in the caller's frame (name it, then pass it). What
  // the unit throws rolls it back alone and is thrown on.
  template <class Unit>
  auto run(Unit& unit, Haste haste = Haste::now) -> async::Task<std::invoke_result_t<Unit&, Transaction&>> {
    std::optional<std::invoke_result_t<Unit&, Transaction&>> answer;
    auto work = [&](Transaction& transaction) {
      answer.emplace(unit(transaction));
      return answer->has_value();
    };
    std::function<bool(Transaction&)> erased = std::ref(work);
    std::optional<base::Error> trouble = co_await commit(erased, haste);
    if (trouble) co_return std::move(*trouble);
    co_return std::move(*answer);
  }

  const std::string& epoch() const;
  std::filesystem::path folder() const;

  const Options& options() const { return x_options; }

  // What there is to know of the disk, and what is told to it.
  Disk& disk();

  // After texts were removed: what the log still holds of them goes, too. False while somebody reads; then it is asked
  // again later.
  async::Task<bool> cut_log();

  // On the loop: the newest change that is on disk, and who waits for a newer one. It is notified right after the
  // commit, before the unit's own caller goes on.
  std::int64_t head() const { return x_head; }
  async::Signal& news() { return x_news; }

  // Since the process began, of what is on disk. On the loop.
  const Tally& tally() const { return x_tally; }
  Commits commits() const;

 private:
  // Nothing when the unit's work (or its rollback) is settled on disk, else why the store could not.
  async::Task<std::optional<base::Error>> commit(std::function<bool(Transaction&)>& work, Haste haste);

  class Thread;
  Options x_options;
  std::int64_t x_head = 0;
  async::Signal x_news;
  Tally x_tally;
  std::unique_ptr<Thread> x_thread;
};

}  // namespace burstd::store

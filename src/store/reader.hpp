// The thread that reads: short read transactions on a connection of its own (query_only), so that listing a
// million items never holds up a commit. Answers on the loop.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "async/task.hpp"
#include "base/result.hpp"
#include "store/connection.hpp"
#include "store/options.hpp"

namespace burstd::store {

class Reader {
 public:
  Reader(const Options& options, async::Executor loop);
  ~Reader();

  // Runs `unit(const Connection&) -> T` in one read transaction on the reader's thread; resumes on the loop.
  // The same rules of lifetime as Writer::run. A failed read throws on the loop.
  template <class Unit>
  auto run(Unit& unit) -> async::Task<std::invoke_result_t<Unit&, const Connection&>> {
    std::optional<std::invoke_result_t<Unit&, const Connection&>> answer;
    auto work = [&](const Connection& connection) { answer.emplace(unit(connection)); };
    std::function<void(const Connection&)> erased = std::ref(work);
    co_await read(erased);
    co_return std::move(*answer);
  }

 private:
  async::Task<> read(std::function<void(const Connection&)>& work);

  class Thread;
  std::unique_ptr<Thread> x_thread;
};

}  // namespace burstd::store

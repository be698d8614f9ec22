// One thread beside the loop, for work that takes long and waits for nothing: large bodies read, large answers
// written. api owns one. The coroutine that asks goes on on its own loop, which stays alive meanwhile; the wait cannot
// be cancelled. Not one of the store's threads, so that a large body holds up no reading of the record.
#pragma once

#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <optional>
#include <type_traits>

#include "async/task.hpp"

namespace burstd::async {

class Aside {
 public:
  Aside() : x_pool(1) {}
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;
  ~Aside();

  // `work() -> T` must touch nothing that the loop may change meanwhile. What it throws is thrown here.
  template <class Work>
  auto run(Work& work) -> Task<std::invoke_result_t<Work&>> {
    std::optional<std::invoke_result_t<Work&>> result;
    const std::function<void()> erased = [&] { result.emplace(work()); };
    co_await wait(erased);
    co_return std::move(*result);
  }

 private:
  Task<> wait(const std::function<void()>& work);

  boost::asio::thread_pool x_pool;
};

}  // namespace burstd::async

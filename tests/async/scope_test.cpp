#include "async/scope.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <stdexcept>
#include <vector>

namespace burstd::async {
namespace {

Task<> parent(Scope& scope, Gate& gate, std::vector<int>& seen) {
  const auto child = [](Gate& door, std::vector<int>& out, int number) -> Task<> {
    out.push_back(co_await door.passed() ? number : -number);
  };
  auto first = child(gate, seen, 1);
  auto second = child(gate, seen, 2);
  scope.spawn(std::move(first));
  scope.spawn(std::move(second));
  co_await sleep_for(base::Milliseconds{1});
  EXPECT_TRUE(seen.empty());
  gate.open();
  co_await scope.join();
  EXPECT_EQ(seen.size(), 2U);
}

TEST(Scope, JoinWaitsForEveryChild) {
  boost::asio::io_context loop;
  Scope outer(loop.get_executor());
  Scope inner(loop.get_executor());
  Gate gate;
  std::vector<int> seen;
  outer.spawn(parent(inner, gate, seen));
  loop.run();
  EXPECT_EQ(seen, (std::vector<int>{1, 2}));
  EXPECT_EQ(outer.size(), 0U);
}

TEST(Scope, JoinPassesOnTheFirstException) {
  boost::asio::io_context loop;
  Scope outer(loop.get_executor());
  Scope inner(loop.get_executor());
  bool caught = false;
  const auto failing = []() -> Task<> {
    co_await sleep_for(base::Milliseconds{1});
    throw std::runtime_error("broken");
  };
  const auto watching = [&]() -> Task<> {
    inner.spawn(failing());
    try {
      co_await inner.join();
    } catch (const std::runtime_error&) {
      caught = true;
    }
  };
  outer.spawn(watching());
  loop.run();
  EXPECT_TRUE(caught);
}

TEST(Signal, WaitUntilTellsAWakeFromADeadline) {
  boost::asio::io_context loop;
  Scope outer(loop.get_executor());
  Signal signal;
  bool by_deadline = true, by_notice = false;
  const auto waiting = [&]() -> Task<> {
    by_deadline = co_await signal.wait_until(now().steady + base::Milliseconds{1});
    by_notice = co_await signal.wait_until(now().steady + std::chrono::seconds{30});
  };
  const auto notifying = [&]() -> Task<> {
    co_await sleep_for(base::Milliseconds{20});
    signal.notify();
  };
  outer.spawn(waiting());
  outer.spawn(notifying());
  loop.run();
  EXPECT_FALSE(by_deadline);
  EXPECT_TRUE(by_notice);
}

}  // namespace
}  // namespace burstd::async

#include "async/aside.hpp"

#include <gtest/gtest.h>
#include <pthread.h>

#include <boost/asio/io_context.hpp>
#include <stdexcept>

#include "async/scope.hpp"

namespace burstd::async {
namespace {

TEST(Aside, WorksOnAnotherThreadAndComesBack) {
  boost::asio::io_context loop;
  Aside aside;
  Scope scope(loop.get_executor());
  const pthread_t here = pthread_self();
  bool was_aside = false, came_back = false;
  int answer = 0;
  const auto child = [&]() -> Task<> {
    auto work = [&] {
      was_aside = pthread_equal(pthread_self(), here) == 0;
      return 42;
    };
    answer = co_await aside.run(work);
    came_back = pthread_equal(pthread_self(), here) != 0;
  };
  scope.spawn(child());
  loop.run();
  EXPECT_EQ(answer, 42);
  EXPECT_TRUE(was_aside);
  EXPECT_TRUE(came_back);
}

TEST(Aside, WhatIsThrownThereIsThrownHere) {
  boost::asio::io_context loop;
  Aside aside;
  Scope scope(loop.get_executor());
  bool caught = false;
  const auto child = [&]() -> Task<> {
    auto work = []() -> int { throw std::runtime_error("no"); };
    try {
      co_await aside.run(work);
    } catch (const std::runtime_error&) {
      caught = true;
    }
  };
  scope.spawn(child());
  loop.run();
  EXPECT_TRUE(caught);
}

}  // namespace
}  // namespace burstd::async

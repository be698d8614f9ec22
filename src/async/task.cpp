#include "async/task.hpp"

#include <time.h>

#include <boost/asio/this_coro.hpp>
#include <mutex>

#include "base/course.hpp"

namespace burstd::async {

namespace {

std::mutex guard;  // the store's threads ask, too
base::Course course;

base::Milliseconds since_boot() {
  timespec passed{};
  ::clock_gettime(CLOCK_BOOTTIME, &passed);
  return std::chrono::duration_cast<base::Milliseconds>(std::chrono::seconds{passed.tv_sec} +
                                                        std::chrono::nanoseconds{passed.tv_nsec});
}

}  // namespace

base::Now now() {
  const auto wall = std::chrono::time_point_cast<base::Milliseconds>(std::chrono::system_clock::now());
  const std::scoped_lock lock(guard);
  return base::Now{std::chrono::steady_clock::now(), course.at(since_boot(), wall)};
}

std::optional<base::Milliseconds> clock_apart() {
  const std::scoped_lock lock(guard);
  return course.apart();
}

void follow_clock() {
  const std::scoped_lock lock(guard);
  course.follow();
}

Task<Executor> this_executor() { co_return co_await boost::asio::this_coro::executor; }

}  // namespace burstd::async

#include "async/task.hpp"

#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

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

base::Time machine_time() { return std::chrono::time_point_cast<base::Milliseconds>(std::chrono::system_clock::now()); }

}  // namespace

base::Now now() {
  const base::Time wall = machine_time();
  const std::scoped_lock lock(guard);
  return base::Now{std::chrono::steady_clock::now(), course.at(since_boot(), wall)};
}

std::optional<base::Milliseconds> clock_apart() {
  const std::scoped_lock lock(guard);
  return course.apart();
}

void begin_clock(base::Time floor) {
  const std::scoped_lock lock(guard);
  course.begin(since_boot(), machine_time(), floor);
}

bool clock_doubted() {
  const std::scoped_lock lock(guard);
  return course.doubted();
}

// The kernel tells, where the sandbox lets it be asked; systemd leaves a file.
bool system_clock_synchronised() {
  timex state{};
  const int told = ::adjtimex(&state);
  if (told >= 0 && told != TIME_ERROR && (state.status & STA_UNSYNC) == 0) return true;
  return ::access("/run/systemd/timesync/synchronized", F_OK) == 0;
}

void set_clock(base::Time told) {
  const std::scoped_lock lock(guard);
  course.set(since_boot(), told);
}

void follow_clock() {
  const std::scoped_lock lock(guard);
  course.follow();
}

Task<Executor> this_executor() { co_return co_await boost::asio::this_coro::executor; }

}  // namespace burstd::async

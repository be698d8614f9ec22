#include "app/opening.hpp"

#include <sys/resource.h>

#include <chrono>

#include "app/service.hpp"

namespace burstd::app {

namespace {

constexpr std::chrono::seconds between_looks{5};
constexpr std::chrono::seconds more{60};  // from each look at which it has got on
constexpr std::int64_t own_share = 1000;  // microseconds of this thread between two looks, and far more

struct Work {
  std::int64_t micros = 0;  // of the processor
  std::int64_t blocks = 0;  // read and written
};

Work done_so_far() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto micros = [](const timeval& time) { return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_usec; };
  return {micros(used.ru_utime) + micros(used.ru_stime), std::int64_t{used.ru_inblock} + used.ru_oublock};
}

bool got_on(const Work& before, const Work& now) {
  return now.micros - before.micros > own_share || now.blocks != before.blocks;
}

}  // namespace

Opening::Opening(Service& service) : x_service(service) {
  service.status("opening the record");
  x_thread = std::thread([this] { run(); });
}

Opening::~Opening() {
  {
    const std::lock_guard lock(x_mutex);
    x_over = true;
  }
  x_end.notify_one();
  x_thread.join();
}

void Opening::run() {
  std::unique_lock lock(x_mutex);
  Work before = done_so_far();
  while (!x_end.wait_for(lock, between_looks, [this] { return x_over; })) {
    const Work now = done_so_far();
    if (got_on(before, now)) x_service.extend_start(more);
    before = now;
  }
}

}  // namespace burstd::app

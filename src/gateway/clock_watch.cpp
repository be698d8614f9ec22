#include "gateway/clock_watch.hpp"

#include <stdexcept>
#include <utility>

#include "gateway/clock.hpp"

namespace burstd::gateway {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds between_looks = 1s;
constexpr base::Milliseconds correction = 1h;  // up to this, what waits is planned anew in its place

}  // namespace

async::Task<> ClockWatch::run() {
  while (!x_stopped) {
    look();
    co_await x_end.wait_until(async::now().steady + between_looks);
  }
}

void ClockWatch::stop() {
  x_stopped = true;
  x_end.notify();
}

void ClockWatch::look() {
  follow_system_clock();
  const bool doubted = async::clock_doubted();
  if (std::exchange(x_doubted, doubted) && !doubted) x_dispatcher.retune();
  const base::Milliseconds back = take_set_back();
  if (back > correction)
    throw std::runtime_error("the clock was set back, and what waits is planned anew from the record");
  if (back > 0ms) x_dispatcher.clock_was_set_back();
}

}  // namespace burstd::gateway

#include "gateway/clock_watch.hpp"

#include <spdlog/spdlog.h>

#include <utility>

#include "gateway/clock.hpp"

namespace burstd::gateway {

namespace {

constexpr std::chrono::seconds between_looks{1};

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
  const bool known_again = std::exchange(x_doubted, doubted) && !doubted;
  if (take_set_back().count() > 0) {
    spdlog::warn("the machine's clock was ahead: what waits is planned anew by the right time");
    x_dispatcher.replan();
  } else if (known_again) {
    x_dispatcher.retune();
  }
  tell();
}

// Once for each thing that is wrong with it; what ends it is told by whoever ended it.
void ClockWatch::tell() {
  const bool apart = async::clock_apart().has_value() && !async::clock_doubted();
  if (std::exchange(x_apart, apart) != apart && apart) spdlog::warn("{}", clock_sentence());
}

}  // namespace burstd::gateway

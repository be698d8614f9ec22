#include "modem/ladder.hpp"

#include <algorithm>
#include <array>

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

// After so many failures in a row. In between it is opened again.
constexpr int first_reset = 3, second_reset = 6, last_hope = 9;
constexpr std::array<base::Milliseconds, 4> quarantines{5min, 15min, 30min, 60min};
constexpr base::Milliseconds recovered = 1min;

}  // namespace

Ladder::Step Ladder::failed(Means means) {
  ++x_failures;
  if (x_failures >= last_hope) {
    const auto length =
        quarantines.at(std::min<std::size_t>(static_cast<std::size_t>(x_quarantines++), quarantines.size() - 1));
    x_failures = second_reset - 1;  // afterwards the strongest means is tried once more
    x_pause = x_first;
    return {Rung::quarantine, length};
  }
  const bool by_usb = means.usb_reset && x_failures == second_reset;
  const bool by_command = means.reset && (x_failures == first_reset || x_failures == second_reset);
  if (by_usb) return {Rung::usb_reset, next_pause()};
  if (by_command) return {Rung::reset, next_pause()};
  return {Rung::reopen, next_pause()};
}

base::Milliseconds Ladder::next_pause() {
  const base::Milliseconds pause = x_pause;
  x_pause = std::min(x_pause * 2, x_most);
  return pause;
}

void Ladder::served(base::Milliseconds span) {
  x_pause = x_first;
  if (span >= recovered) begin_again();
}

void Ladder::begin_again() {
  x_failures = 0;
  x_quarantines = 0;
  x_pause = x_first;
}

}  // namespace burstd::modem

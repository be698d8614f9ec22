#include "modem/ladder.hpp"

#include <algorithm>
#include <array>

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

// After so many failures in a row. In between it is opened again.
constexpr int first_reset = 3, second_reset = 6, last_hope = 9;
constexpr int burnt_reset = 3, burnt_enough = 4;
constexpr int burnt_with_port = 8;  // a loose plug is more likely than a modem that falls when it sends
constexpr base::Milliseconds longest_after_unplugging = 2s;  // its port may be back already
constexpr std::array<base::Milliseconds, 4> quarantines{5min, 15min, 30min, 60min};
constexpr base::Milliseconds recovered = 1min;

}  // namespace

Ladder::Step Ladder::failed(Means means) {
  if (means.burnt) ++x_burnt;
  if (means.burnt && x_burnt >= (means.gone ? burnt_with_port : burnt_enough)) return quarantine();
  if (means.gone) return {Rung::reopen, std::min(next_pause(), longest_after_unplugging)};
  ++x_failures;
  if (x_failures >= last_hope) return quarantine();
  const bool by_usb = means.usb_reset && x_failures == second_reset;
  const bool by_command = means.reset && (x_failures == first_reset || x_failures == second_reset ||
                                          (means.burnt && x_burnt == burnt_reset));
  if (by_usb) return {Rung::usb_reset, next_pause()};
  if (by_command) return {Rung::reset, next_pause()};
  return {Rung::reopen, next_pause()};
}

// Afterwards the strongest means is tried once more.
Ladder::Step Ladder::quarantine() {
  const auto step = std::min<std::size_t>(static_cast<std::size_t>(x_quarantines++), quarantines.size() - 1);
  x_failures = second_reset - 1;
  x_pause = x_first;
  return {Rung::quarantine, quarantines.at(step)};
}

base::Milliseconds Ladder::next_pause() {
  const base::Milliseconds pause = x_pause;
  x_pause = std::min(x_pause * 2, x_most);
  return pause;
}

void Ladder::served(base::Milliseconds span) {
  x_pause = x_first;
  if (span >= recovered) unplugged();
}

void Ladder::unplugged() {
  x_failures = 0;
  x_quarantines = 0;
}

void Ladder::begin_again() {
  x_failures = 0;
  x_burnt = 0;
  x_quarantines = 0;
  x_pause = x_first;
}

}  // namespace burstd::modem

#include "gateway/hours.hpp"

#include <algorithm>

namespace burstd::gateway {

namespace {

message::WallClock clock_of(const calendar::Local& local) { return {local.weekday, local.minute}; }

}  // namespace

std::set<std::string> Hours::closed(base::Time now) const {
  std::set<std::string> closed;
  const auto clock = clock_of(x_zone.local(now));
  for (const auto& [category, window] : x_windows) {
    if (!message::is_open(window, clock)) closed.insert(category);
  }
  return closed;
}

base::Time Hours::next_change(base::Time now) const {
  base::Time next = x_zone.next_day(now);
  const auto clock = clock_of(x_zone.local(now));
  for (const auto& [category, window] : x_windows) {
    const bool open = message::is_open(window, clock);
    const auto change = open ? message::next_closing(window, clock) : message::next_opening(window, clock);
    if (change && change->days == 0) next = std::min(next, time_of(now, *change));
  }
  return std::max(next, now + std::chrono::seconds{1});
}

base::Time Hours::time_of(base::Time now, const message::Opening& opening) const {
  return x_zone.at_minute(now, opening.minute);
}

}  // namespace burstd::gateway

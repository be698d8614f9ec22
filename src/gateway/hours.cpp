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

std::optional<base::Time> Hours::opening(const std::string& category, base::Time from) const {
  const auto window = x_windows.find(category);
  if (window == x_windows.end()) return from;
  const auto clock = clock_of(x_zone.local(from));
  if (message::is_open(window->second, clock)) return from;
  const auto opening = message::next_opening(window->second, clock);
  return opening ? std::optional(time_of(from, *opening)) : std::nullopt;
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
  base::Time day = now;
  for (int days = 0; days < opening.days; ++days) day = x_zone.next_day(day);
  return x_zone.at_minute(day, opening.minute);
}

}  // namespace burstd::gateway

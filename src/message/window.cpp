#include "message/window.hpp"

#include <algorithm>

namespace burstd::message {

namespace {

constexpr int days_of_week = 7;
constexpr int minutes_of_day = 1440;

// "Fri to Mon" goes round the end of the week.
bool on_day(const Hours& hours, int weekday) {
  if (hours.first_day <= hours.last_day) return weekday >= hours.first_day && weekday <= hours.last_day;
  return weekday >= hours.first_day || weekday <= hours.last_day;
}

int day_after(int weekday, int days) { return (weekday - 1 + days) % days_of_week + 1; }

bool holds(const Hours& hours, WallClock clock) {
  return on_day(hours, clock.weekday) && clock.minute >= hours.from && clock.minute < hours.to;
}

// The minute of this day from which it is shut.
int end_of_opening(const Window& window, WallClock clock) {
  while (clock.minute < minutes_of_day) {
    int end = clock.minute;
    for (const Hours& hours : window) {
      if (holds(hours, clock)) end = std::max(end, hours.to);
    }
    if (end == clock.minute) break;
    clock.minute = end;
  }
  return clock.minute;
}

}  // namespace

bool is_open(const Window& window, WallClock clock) {
  const auto fits = [&](const Hours& hours) { return holds(hours, clock); };
  return window.empty() || std::any_of(window.begin(), window.end(), fits);
}

std::optional<Opening> next_opening(const Window& window, WallClock clock) {
  for (int days = 0; days <= days_of_week; ++days) {
    std::optional<int> first;
    for (const Hours& hours : window) {
      const bool later = days > 0 || hours.from > clock.minute;
      if (!later || !on_day(hours, day_after(clock.weekday, days))) continue;
      if (!first || hours.from < *first) first = hours.from;
    }
    if (first) return Opening{days, *first};
  }
  return std::nullopt;
}

std::optional<Opening> next_closing(const Window& window, WallClock clock) {
  if (window.empty()) return std::nullopt;
  for (int days = 0; days <= days_of_week; ++days) {
    const WallClock from{day_after(clock.weekday, days), days == 0 ? clock.minute : 0};
    const int end = end_of_opening(window, from);
    if (end < minutes_of_day) return Opening{days, end};
  }
  return std::nullopt;
}

// Twice round the week, so that what goes round its end is seen whole.
std::optional<int> longest_closing(const Window& window) {
  int longest = 0, shut = 0;
  bool opens = false;
  for (int minute = 0; minute < 2 * days_of_week * minutes_of_day; ++minute) {
    const WallClock clock{day_after(1, minute / minutes_of_day), minute % minutes_of_day};
    const bool open = is_open(window, clock);
    opens = opens || open;
    shut = open ? 0 : shut + 1;
    longest = std::max(longest, shut);
  }
  return opens ? std::optional(longest) : std::nullopt;
}

}  // namespace burstd::message

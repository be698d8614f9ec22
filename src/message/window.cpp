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

}  // namespace

bool is_open(const Window& window, WallClock clock) {
  const auto holds = [&](const Hours& hours) {
    return on_day(hours, clock.weekday) && clock.minute >= hours.from && clock.minute < hours.to;
  };
  return window.empty() || std::any_of(window.begin(), window.end(), holds);
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
  int minute = clock.minute;
  for (int days = 0; days <= days_of_week; ++days, minute = 0) {
    while (minute < minutes_of_day && is_open(window, {day_after(clock.weekday, days), minute})) {
      int end = minute;
      for (const Hours& hours : window) {
        const bool holds = on_day(hours, day_after(clock.weekday, days)) && minute >= hours.from && minute < hours.to;
        if (holds) end = std::max(end, hours.to);
      }
      minute = end;
    }
    if (minute < minutes_of_day) return Opening{days, minute};
  }
  return std::nullopt;
}

}  // namespace burstd::message

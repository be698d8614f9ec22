#include "calendar/zone.hpp"

#include <date/tz.h>

#include <stdexcept>

namespace burstd::calendar {

namespace {

using std::chrono::floor;

const date::time_zone* find(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

const date::time_zone* find_or_utc(const std::string& name) {
  const date::time_zone* const zone = find(name);
  return zone != nullptr ? zone : date::locate_zone("Etc/UTC");
}

date::local_time<base::Milliseconds> wall(const date::time_zone& zone, base::Time time) {
  return date::local_time<base::Milliseconds>{zone.to_local(time).time_since_epoch()};
}

base::Time first_moment(const date::time_zone& zone, date::local_time<base::Milliseconds> local) {
  return base::Time{zone.to_sys(local, date::choose::earliest).time_since_epoch()};
}

}  // namespace

bool is_zone(const std::string& name) { return find(name) != nullptr; }

Zone::Zone(const std::string& name) : x_zone(find_or_utc(name)) {}

Local Zone::local(base::Time time) const {
  const auto moment = wall(*x_zone, time);
  const auto day = floor<date::days>(moment);
  const date::year_month_day date{day};
  Local local;
  local.year = static_cast<int>(date.year());
  local.month = static_cast<int>(static_cast<unsigned>(date.month()));
  local.day = static_cast<int>(static_cast<unsigned>(date.day()));
  local.weekday = static_cast<int>(date::weekday{day}.iso_encoding());
  local.minute = static_cast<int>(floor<std::chrono::minutes>(moment - day).count());
  return local;
}

base::Time Zone::time_of(const Local& local) const {
  const date::year_month_day date{date::year{local.year}, date::month{static_cast<unsigned>(local.month)},
                                  date::day{static_cast<unsigned>(local.day)}};
  return first_moment(*x_zone, date::local_days{date} + std::chrono::minutes{local.minute});
}

base::Time Zone::begin_of(int year, int month, int day) const {
  const date::year_month_day date{date::year{year}, date::month{static_cast<unsigned>(month)},
                                  date::day{static_cast<unsigned>(day)}};
  return first_moment(*x_zone, date::local_days{date});
}

base::Time Zone::day_begins(base::Time time) const {
  const Local now = local(time);
  return begin_of(now.year, now.month, now.day);
}

base::Time Zone::next_day(base::Time time) const {
  const auto day = floor<date::days>(wall(*x_zone, time)) + date::days{1};
  return first_moment(*x_zone, day);
}

base::Time Zone::month_begins(base::Time time) const {
  const Local now = local(time);
  return begin_of(now.year, now.month, 1);
}

base::Time Zone::next_month(base::Time time) const {
  const Local now = local(time);
  return now.month == 12 ? begin_of(now.year + 1, 1, 1) : begin_of(now.year, now.month + 1, 1);
}

base::Time Zone::at_minute(base::Time time, int minute) const {
  const auto day = floor<date::days>(wall(*x_zone, time));
  return first_moment(*x_zone, day + std::chrono::minutes{minute});
}

}  // namespace burstd::calendar

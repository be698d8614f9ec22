#include "ctl/words/when.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <optional>

#include "calendar/zone.hpp"

namespace burstd::ctl {

namespace {

constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::tm local(base::Time time) {
  const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  std::tm fields{};
  localtime_r(&seconds, &fields);
  return fields;
}

// Days are counted by the calendar, not in portions of 24 hours: clocks change.
long day_number(const std::tm& fields) {
  using namespace std::chrono;
  const year_month_day date{year{fields.tm_year + 1900}, month{static_cast<unsigned>(fields.tm_mon + 1)},
                            day{static_cast<unsigned>(fields.tm_mday)}};
  return sys_days{date}.time_since_epoch().count();
}

base::Error not_a_time(std::string_view typed) {
  return base::malformed("time-invalid",
                         fmt::format("\"{}\" is not a time. Write 2026-03-01 08:30 (by the clinic's clock), "
                                     "14:30, tomorrow 08:00, or 2026-03-01T08:30:00+01:00.",
                                     typed));
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size() || text.empty() || text.front() == '-') return {};
  return value;
}

struct Day {
  int year, month, day;
};
struct Clock {
  int hour, minute;
};

std::optional<Day> read_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const auto y = number(text.substr(0, 4)), m = number(text.substr(5, 2)), d = number(text.substr(8, 2));
  if (!y || !m || !d || *m < 1 || *d < 1) return {};
  const std::chrono::year_month_day date{std::chrono::year{*y}, std::chrono::month{static_cast<unsigned>(*m)},
                                         std::chrono::day{static_cast<unsigned>(*d)}};
  if (!date.ok() || *y < 1970) return {};
  return Day{*y, *m, *d};
}

std::optional<Day> read_day(std::string_view text, base::Time now) {
  int shift = 0;
  if (text == "tomorrow") {
    shift = 1;
  } else if (text == "yesterday") {
    shift = -1;
  } else if (text != "today") {
    return read_date(text);
  }
  const std::tm fields = local(now);
  return Day{fields.tm_year + 1900, fields.tm_mon + 1, fields.tm_mday + shift};
}

std::optional<Clock> read_clock(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon < 1 || colon > 2 || text.size() != colon + 3) return {};
  const auto h = number(text.substr(0, colon)), m = number(text.substr(colon + 1));
  if (!h || !m || *h > 23 || *m > 59) return {};
  return Clock{*h, *m};
}

base::Time from_local(const Day& day, const Clock& clock) {
  std::tm fields{};
  fields.tm_year = day.year - 1900;
  fields.tm_mon = day.month - 1;
  fields.tm_mday = day.day;
  fields.tm_hour = clock.hour;
  fields.tm_min = clock.minute;
  fields.tm_isdst = -1;
  return base::Time{std::chrono::seconds{std::mktime(&fields)}};
}

}  // namespace

std::string for_people(base::Time time, base::Time now) {
  const std::tm then = local(time), today = local(now);
  const std::string clock = fmt::format("{:02}:{:02}", then.tm_hour, then.tm_min);
  switch (day_number(then) - day_number(today)) {
    case 0:
      return "today " + clock;
    case -1:
      return "yesterday " + clock;
    case 1:
      return "tomorrow " + clock;
    default:
      break;
  }
  const std::string date = fmt::format("{} {}", then.tm_mday, months.at(static_cast<std::size_t>(then.tm_mon)));
  if (then.tm_year == today.tm_year) return date + " " + clock;
  return fmt::format("{} {} {}", date, then.tm_year + 1900, clock);
}

std::string for_people(std::string_view rfc3339, base::Time now) {
  const auto time = base::from_rfc3339(rfc3339);
  return time ? for_people(*time, now) : std::string(rfc3339);
}

std::string at_place(std::string_view rfc3339, const std::string& zone, base::Time now) {
  const auto time = base::from_rfc3339(rfc3339);
  if (!time || zone.empty()) return for_people(rfc3339, now);
  constexpr std::array weekdays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  const calendar::Zone place(zone);
  const calendar::Local then = place.local(*time);
  const std::string date = fmt::format("{} {} {}", weekdays.at(static_cast<std::size_t>(then.weekday - 1)), then.day,
                                       months.at(static_cast<std::size_t>(then.month - 1)));
  const std::string year = then.year == place.local(now).year ? "" : fmt::format(" {}", then.year);
  return fmt::format("{}{} {:02}:{:02}", date, year, then.minute / 60, then.minute % 60);
}

std::string to_the_second(std::string_view rfc3339, base::Time now) {
  const auto time = base::from_rfc3339(rfc3339);
  if (!time) return std::string(rfc3339);
  return fmt::format("{}:{:02}", for_people(*time, now), local(*time).tm_sec);
}

std::string with_local_times(std::string_view sentence, base::Time now) {
  constexpr std::string_view at = "at ";
  const auto shown = [now](base::Time time, std::string_view word) {
    const bool soon = std::chrono::abs(time - now) < std::chrono::minutes{10};
    return soon ? to_the_second(word, now) : for_people(time, now);
  };
  std::string told;
  for (std::size_t begin = 0; begin < sentence.size();) {
    const std::size_t end = std::min(sentence.find(' ', begin), sentence.size());
    const std::string_view word = sentence.substr(begin, end - begin);
    const std::size_t length = word.find_last_not_of(".,;)") + 1;
    const std::string_view stamp = word.substr(0, length);
    const auto time = base::from_rfc3339(stamp);
    if (time && told.ends_with(at)) told.resize(told.size() - at.size());
    told += time ? shown(*time, stamp) + std::string(word.substr(length)) : std::string(word);
    if (end < sentence.size()) told += ' ';
    begin = end + 1;
  }
  return told;
}

std::string span(base::Milliseconds length) {
  const long long seconds = std::max<long long>(0, length.count()) / 1000;
  if (seconds < 60) return fmt::format("{} s", seconds);
  const long long minutes = seconds / 60;
  if (minutes < 60) return fmt::format("{} min", minutes);
  const long long hours = minutes / 60;
  if (hours < 48)
    return minutes % 60 == 0 ? fmt::format("{} h", hours) : fmt::format("{} h {} min", hours, minutes % 60);
  return fmt::format("{} days", hours / 24);
}

base::Result<base::Time> read_when(std::string_view typed, base::Time now, Bare bare) {
  if (const auto exact = base::from_rfc3339(typed)) return *exact;
  const std::size_t split = typed.find_first_of(" T");
  const std::string_view first = typed.substr(0, split);
  if (const auto clock = read_clock(typed)) return from_local(*read_day("today", now), *clock);
  const auto day = read_day(first, now);
  if (!day) return not_a_time(typed);
  if (split != std::string_view::npos) {
    std::string_view rest = typed.substr(split + 1);
    if (rest.size() == 8 && rest.substr(5) == ":00") rest.remove_suffix(3);
    if (const auto clock = read_clock(rest)) return from_local(*day, *clock);
    return not_a_time(typed);
  }
  if (bare == Bare::refused) return not_a_time(typed);
  const int shift = bare == Bare::day_ends ? 1 : 0;
  return from_local(Day{day->year, day->month, day->day + shift}, Clock{0, 0});
}

base::Result<std::string> read_moment(std::string_view option, const std::string& typed, base::Time now, Bare bare) {
  if (typed.empty()) return std::string();
  const auto time = read_when(typed, now, bare);
  if (time) return base::to_rfc3339(*time);
  return base::malformed("time-invalid", fmt::format("{}: {}", option, time.error().sentence));
}

base::Result<std::string> read_start(std::string_view option, const std::string& typed, base::Time now) {
  if (typed.empty()) return std::string();
  const auto time = read_when(typed, now);
  if (time && *time < now) {
    return base::malformed("time-over", fmt::format("{}: {} is over. Nothing was sent. Write the day as well, such as "
                                                    "\"tomorrow 08:00\", or leave it out to send now.",
                                                    option, typed));
  }
  return read_moment(option, typed, now);
}

}  // namespace burstd::ctl

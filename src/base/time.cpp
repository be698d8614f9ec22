#include "base/time.hpp"

#include <array>
#include <cstdio>

namespace burstd::base {

namespace {

using namespace std::chrono;

struct Fields {
  int year, month, day, hour, minute, second;
};

Error bad(std::string_view text, const char* why) {
  return malformed("time-invalid", "\"" + std::string(text) +
                                       "\" is not an RFC 3339 time with an offset, such as "
                                       "2026-03-01T08:30:00+01:00: " +
                                       why + ".");
}

// Reads exactly `count` digits at `at`; -1 when one of them is none.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (text.size() < at + count) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool has_separators(std::string_view text) {
  if (text.size() < 20) return false;
  const char t = text[10];
  return text[4] == '-' && text[7] == '-' && (t == 'T' || t == 't' || t == ' ') && text[13] == ':' && text[16] == ':';
}

bool in_range(const Fields& f) {
  return f.year >= 1970 && f.month > 0 && f.day > 0 && f.hour >= 0 && f.hour < 24 && f.minute >= 0 && f.minute < 60 &&
         f.second >= 0 && f.second <= 60;
}

// Consumes ".123" and returns its milliseconds; -1 when the point is followed by no digit.
int take_fraction(std::string_view& rest) {
  if (rest.empty() || rest.front() != '.') return 0;
  rest.remove_prefix(1);
  int millis = 0, seen = 0;
  while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9') {
    if (seen < 3) millis = millis * 10 + (rest.front() - '0');
    ++seen;
    rest.remove_prefix(1);
  }
  for (int i = seen; i < 3; ++i) millis *= 10;
  return seen == 0 ? -1 : millis;
}

// "Z" or "+hh:mm"; false when it is neither.
bool read_offset(std::string_view rest, minutes& offset) {
  if (rest == "Z" || rest == "z") return true;
  if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':') return false;
  const int hour = digits(rest, 1, 2), minute = digits(rest, 4, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
  offset = minutes{(rest[0] == '-' ? -1 : 1) * (hour * 60 + minute)};
  return true;
}

}  // namespace

std::string to_rfc3339(Time time) {
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  std::array<char, 48> out{};
  const int size = std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int{date.year()},
                                 unsigned{date.month()}, unsigned{date.day()}, static_cast<int>(clock.hours().count()),
                                 static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
                                 static_cast<int>(clock.subseconds().count()));
  return {out.data(), static_cast<std::size_t>(size)};
}

Result<Time> from_rfc3339(std::string_view text) {
  if (!has_separators(text)) return bad(text, "it has another shape");
  const Fields f{digits(text, 0, 4),  digits(text, 5, 2),  digits(text, 8, 2),
                 digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2)};
  if (!in_range(f)) return bad(text, "a field is out of range");
  const year_month_day date{year{f.year}, month{static_cast<unsigned>(f.month)}, day{static_cast<unsigned>(f.day)}};
  if (!date.ok()) return bad(text, "there is no such day");
  auto rest = text.substr(19);
  const int millis = take_fraction(rest);
  if (millis < 0) return bad(text, "the fraction has no digits");
  minutes offset{0};
  if (!read_offset(rest, offset)) return bad(text, "the offset is missing or unreadable");
  const auto second = std::min(f.second, 59);
  return Time{sys_days{date}} + hours{f.hour} + minutes{f.minute} + seconds{second} + milliseconds{millis} - offset;
}

}  // namespace burstd::base

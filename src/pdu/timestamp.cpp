#include "pdu/timestamp.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "pdu/semi_octets.hpp"

namespace burstd::pdu {
namespace {

constexpr int pivot = 70;
constexpr int most_quarters = 79;
constexpr std::uint8_t minus_bit = 0x08;

int read_offset(std::uint8_t octet) {
  const int quarters = read_two_digits(static_cast<std::uint8_t>(octet & ~minus_bit));
  return (octet & minus_bit) != 0 ? -quarters * 15 : quarters * 15;
}

std::uint8_t write_offset(int minutes) {
  const int quarters = std::clamp(minutes / 15, -most_quarters, most_quarters);
  const std::uint8_t digits = write_two_digits(quarters < 0 ? -quarters : quarters);
  return quarters < 0 ? static_cast<std::uint8_t>(digits | minus_bit) : digits;
}

std::chrono::year_month_day date(const Timestamp& timestamp) {
  return std::chrono::year{timestamp.year} / timestamp.month / timestamp.day;
}

bool is_possible(const Timestamp& timestamp) {
  return timestamp.month > 0 && timestamp.day > 0 && date(timestamp).ok() && timestamp.hour >= 0 &&
         timestamp.hour < 24 && timestamp.minute >= 0 && timestamp.minute < 60 && timestamp.second >= 0 &&
         timestamp.second < 60;
}

}  // namespace

Timestamp read_timestamp(const TimestampOctets& octets) {
  Timestamp timestamp;
  const int year = read_two_digits(octets[0]);
  timestamp.year = year < pivot ? 2000 + year : 1900 + year;
  timestamp.month = read_two_digits(octets[1]);
  timestamp.day = read_two_digits(octets[2]);
  timestamp.hour = read_two_digits(octets[3]);
  timestamp.minute = read_two_digits(octets[4]);
  timestamp.second = read_two_digits(octets[5]);
  timestamp.offset_minutes = read_offset(octets[6]);
  return timestamp;
}

TimestampOctets write_timestamp(const Timestamp& timestamp) {
  return {write_two_digits(timestamp.year),      write_two_digits(timestamp.month),  write_two_digits(timestamp.day),
          write_two_digits(timestamp.hour),      write_two_digits(timestamp.minute), write_two_digits(timestamp.second),
          write_offset(timestamp.offset_minutes)};
}

std::optional<base::Time> to_time(const Timestamp& timestamp) {
  if (!is_possible(timestamp)) return std::nullopt;
  const std::chrono::sys_seconds local = std::chrono::sys_days{date(timestamp)} + std::chrono::hours{timestamp.hour} +
                                         std::chrono::minutes{timestamp.minute} +
                                         std::chrono::seconds{timestamp.second};
  return base::Time{local - std::chrono::minutes{timestamp.offset_minutes}};
}

std::optional<std::string> to_rfc3339(const Timestamp& timestamp) {
  if (!is_possible(timestamp)) return std::nullopt;
  const int offset = std::clamp(timestamp.offset_minutes, -most_quarters * 15, most_quarters * 15);
  const int apart = offset < 0 ? -offset : offset;
  std::array<char, 48> text{};
  const int length = std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", timestamp.year,
                                   timestamp.month, timestamp.day, timestamp.hour, timestamp.minute, timestamp.second,
                                   offset < 0 ? '-' : '+', apart / 60, apart % 60);
  return std::string(text.data(), static_cast<std::size_t>(length));
}

Timestamp timestamp_at(base::Time time, int offset_minutes) {
  const auto local = std::chrono::floor<std::chrono::seconds>(time) + std::chrono::minutes{offset_minutes};
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{local - day};
  Timestamp timestamp;
  timestamp.year = static_cast<int>(date.year());
  timestamp.month = static_cast<int>(static_cast<unsigned>(date.month()));
  timestamp.day = static_cast<int>(static_cast<unsigned>(date.day()));
  timestamp.hour = static_cast<int>(clock.hours().count());
  timestamp.minute = static_cast<int>(clock.minutes().count());
  timestamp.second = static_cast<int>(clock.seconds().count());
  timestamp.offset_minutes = offset_minutes;
  return timestamp;
}

}  // namespace burstd::pdu

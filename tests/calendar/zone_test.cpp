#include "calendar/zone.hpp"

#include <gtest/gtest.h>

namespace burstd::calendar {
namespace {

base::Time at(const char* text) { return base::from_rfc3339(text).value(); }

TEST(Zone, shows_the_local_time) {
  const Local local = Zone("Europe/Zurich").local(at("2026-11-25T23:30:00Z"));
  EXPECT_EQ(local.year, 2026);
  EXPECT_EQ(local.month, 11);
  EXPECT_EQ(local.day, 26);
  EXPECT_EQ(local.weekday, 4);
  EXPECT_EQ(local.minute, 30);
}

TEST(Zone, begins_days_and_months_at_local_midnight) {
  const Zone zone("Europe/Zurich");
  const base::Time noon = at("2026-12-31T11:00:00Z");
  EXPECT_EQ(zone.day_begins(noon), at("2026-12-30T23:00:00Z"));
  EXPECT_EQ(zone.next_day(noon), at("2026-12-31T23:00:00Z"));
  EXPECT_EQ(zone.month_begins(noon), at("2026-11-30T23:00:00Z"));
  EXPECT_EQ(zone.next_month(noon), at("2026-12-31T23:00:00Z"));
}

TEST(Zone, finds_the_moment_of_a_local_time) {
  const Zone zone("Europe/Zurich");
  EXPECT_EQ(zone.time_of({2026, 3, 1, 0, 510}), at("2026-03-01T07:30:00Z"));
  EXPECT_EQ(zone.time_of({2026, 7, 1, 0, 510}), at("2026-07-01T06:30:00Z"));
  EXPECT_EQ(zone.time_of({2026, 3, 29, 0, 150}), at("2026-03-29T01:00:00Z"));
  EXPECT_EQ(zone.time_of(zone.local(at("2026-12-31T23:30:00Z"))), at("2026-12-31T23:30:00Z"));
}

TEST(Zone, has_days_of_23_and_25_hours) {
  const Zone zone("Europe/Zurich");
  const base::Time spring = at("2026-03-29T12:00:00Z"), autumn = at("2026-10-25T12:00:00Z");
  EXPECT_EQ(zone.next_day(spring) - zone.day_begins(spring), std::chrono::hours{23});
  EXPECT_EQ(zone.next_day(autumn) - zone.day_begins(autumn), std::chrono::hours{25});
}

TEST(Zone, finds_a_minute_of_the_day_around_daylight_saving) {
  const Zone zone("Europe/Zurich");
  EXPECT_EQ(zone.at_minute(at("2026-11-25T12:00:00Z"), 8 * 60), at("2026-11-25T07:00:00Z"));
  EXPECT_EQ(zone.at_minute(at("2026-03-29T12:00:00Z"), 150), at("2026-03-29T01:00:00Z"));  // left out: 03:00
  EXPECT_EQ(zone.at_minute(at("2026-10-25T12:00:00Z"), 150), at("2026-10-25T00:30:00Z"));  // twice: the first
  EXPECT_EQ(zone.at_minute(at("2026-11-25T12:00:00Z"), 1440), at("2026-11-25T23:00:00Z"));
}

TEST(Zone, that_nobody_knows_is_utc) { EXPECT_EQ(Zone("Nowhere/Land").local(at("2026-01-01T10:05:00Z")).minute, 605); }

}  // namespace
}  // namespace burstd::calendar

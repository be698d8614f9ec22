#include "gateway/rooms.hpp"

#include <gtest/gtest.h>

namespace burstd::gateway {
namespace {

using namespace std::chrono_literals;

const base::Time noon = *base::from_rfc3339("2026-11-10T12:00:00+01:00");
const base::Time tonight = noon + 11h, tomorrow = noon + 13h, next_month = noon + 24h * 25;

message::Limits limits(int day, int month = 0, int recipients = 0) {
  message::Limits limits;
  limits.per_minute = limits.per_hour = 0;
  limits.per_day = day;
  limits.per_month = month;
  limits.recipients_per_month = recipients;
  return limits;
}

Rooms rooms(std::vector<Allowance> sims) {
  Rooms rooms("Europe/Zurich", noon);
  for (Allowance& sim : sims) rooms.add(std::move(sim));
  return rooms;
}

Allowance sim(message::Limits limits, int today = 0, int this_month = 0) {
  return {limits, today, this_month, {}, std::nullopt};
}

TEST(Rooms, EachMidnightUntilTheEndGivesAnotherDay) {
  const auto two = rooms({sim(limits(100), 30), sim(limits(50), 50)});
  EXPECT_EQ(two.until(tonight).segments, 70);
  EXPECT_EQ(two.until(tomorrow).segments, 70 + 150);
  EXPECT_EQ(two.until(tomorrow).limited_by, "day");
}

TEST(Rooms, TheNarrowestLimitOfASimCounts) {
  EXPECT_EQ(rooms({sim(limits(100, 1000), 0, 980)}).until(tonight).segments, 20);
  EXPECT_EQ(rooms({sim(limits(100, 1000), 0, 980)}).until(tonight).limited_by, "month");
  EXPECT_EQ(rooms({sim(limits(0, 1000), 0, 980)}).until(next_month).segments, 1020);
  auto poor = sim(limits(100));
  poor.credit = 7;
  EXPECT_EQ(rooms({poor}).until(next_month).segments, 7);
  EXPECT_EQ(rooms({poor}).until(next_month).limited_by, "credit");
}

TEST(Rooms, OneWithoutALimitMakesAllOfItBoundless) {
  EXPECT_FALSE(rooms({sim(limits(100)), sim(limits(0))}).until(tonight).segments);
  EXPECT_FALSE(rooms({}).until(tonight).segments);
}

TEST(Rooms, WhoGotSomethingThisMonthIsNoStranger) {
  auto known = sim(limits(0, 0, 200));
  known.recipients.insert(message::recipient_of("+41791234567"));
  const auto one = rooms({known});
  EXPECT_FALSE(one.is_stranger("+41791234567"));
  EXPECT_TRUE(one.is_stranger("+41791234568"));
  EXPECT_EQ(one.strangers_left(tonight), 199);
  EXPECT_EQ(one.strangers_left(next_month), 399);
  EXPECT_FALSE(rooms({known, sim(limits(0))}).strangers_left(tonight));
}

TEST(Rooms, WithoutLimitsTheAirAloneDecidesWhenItIsDone) {
  EXPECT_EQ(rooms({sim(limits(0))}).finish(noon, 10), noon + 60s);
  EXPECT_EQ(rooms({sim(limits(0)), sim(limits(0))}).finish(noon, 10), noon + 30s);
  EXPECT_FALSE(rooms({}).finish(noon, 10));
}

TEST(Rooms, TheMinuteAndTheHourMoveTheEnd) {
  auto slow = limits(0);
  slow.per_minute = 6;
  EXPECT_EQ(rooms({sim(slow)}).finish(noon, 30), noon + 5min);
  slow.per_hour = 60;
  EXPECT_EQ(rooms({sim(slow)}).finish(noon, 30), noon + 30min);
}

TEST(Rooms, WhatTheDayDoesNotTakeGoesAfterMidnight) {
  const auto one = rooms({sim(limits(10), 10)});
  const base::Time midnight = *base::from_rfc3339("2026-11-11T00:00:00+01:00");
  EXPECT_EQ(one.finish(noon, 10), midnight + 60s);
  EXPECT_EQ(one.finish(noon, 20), midnight + 24h + 60s);
}

}  // namespace
}  // namespace burstd::gateway

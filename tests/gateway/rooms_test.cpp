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

Rooms rooms(std::vector<Allowance> sims, const Options& options = {}) {
  Rooms rooms(options, noon);
  for (Allowance& sim : sims) rooms.add(std::move(sim));
  return rooms;
}

// What is left where nothing is asked for and nothing waits.
Rooms::Room until(const Rooms& rooms, base::Time end) { return rooms.segments({{}, {}, end}); }

Allowance sim(message::Limits limits, int today = 0, int this_month = 0) {
  return {limits, today, this_month, {}, std::nullopt};
}

TEST(Rooms, EachMidnightUntilTheEndGivesAnotherDay) {
  const auto two = rooms({sim(limits(100), 30), sim(limits(50), 50)});
  EXPECT_EQ(until(two, tonight).number, 70);
  EXPECT_EQ(until(two, tomorrow).number, 70 + 150);
  EXPECT_EQ(until(two, tomorrow).limited_by, "day");
}

TEST(Rooms, TheNarrowestLimitOfASimCounts) {
  EXPECT_EQ(until(rooms({sim(limits(100, 1000), 0, 980)}), tonight).number, 20);
  EXPECT_EQ(until(rooms({sim(limits(100, 1000), 0, 980)}), tonight).limited_by, "month");
  EXPECT_EQ(until(rooms({sim(limits(0, 1000), 0, 980)}), next_month).number, 1020);
  auto poor = sim(limits(100));
  poor.credit = 7;
  EXPECT_EQ(until(rooms({poor}), next_month).number, 7);
  EXPECT_EQ(until(rooms({poor}), next_month).limited_by, "credit");
}

TEST(Rooms, OneWithoutALimitMakesAllOfItBoundless) {
  EXPECT_FALSE(until(rooms({sim(limits(100)), sim(limits(0))}), tonight).number);
  EXPECT_FALSE(until(rooms({}), tonight).number);
}

TEST(Rooms, WhoGotSomethingThisMonthIsNoStranger) {
  auto known = sim(limits(0, 0, 200));
  known.recipients.insert(message::recipient_of("+41791234567"));
  const auto one = rooms({known});
  EXPECT_FALSE(one.is_stranger("+41791234567"));
  EXPECT_TRUE(one.is_stranger("+41791234568"));
  EXPECT_EQ(one.strangers({{}, {}, tonight}).number, 199);
  EXPECT_EQ(one.strangers({{}, {}, next_month}).number, 399);
  EXPECT_EQ(one.strangers({{}, {}, tonight}).limited_by, "recipients");
  EXPECT_FALSE(rooms({known, sim(limits(0))}).strangers({{}, {}, tonight}).number);
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

// Two SIMs; the first route leads over the first alone, the second over the other.
Options routed() {
  Options options;
  options.routes = {{"+4179", {"modem1"}}, {"+49", {"modem2"}}};
  return options;
}

Rooms two_routes(int first, int second) {
  auto one = sim(limits(first)), other = sim(limits(second));
  one.routes = 1U << 1;
  other.routes = 1U << 2;
  return rooms({one, other}, routed());
}

TEST(Rooms, WhatOnlyOneSimMaySendHasTheRoomOfThatSim) {
  const auto both = two_routes(10, 100);
  EXPECT_EQ(both.segments({{{0, 5}}, {}, tonight}).number, 110) << "any may send it";
  EXPECT_EQ(both.segments({{{1, 5}}, {}, tonight}).number, 10);
  EXPECT_EQ(both.segments({{{2, 5}}, {}, tonight}).number, 100);
  EXPECT_EQ(both.segments({{{1, 12}}, {}, tonight}).number, 10) << "two fewer than are needed";
}

TEST(Rooms, AMixedBurstFitsWhereEveryRouteAndAllTogetherFit) {
  const auto both = two_routes(10, 100);
  EXPECT_EQ(both.segments({{{0, 50}, {1, 10}}, {}, tonight}).number, 60) << "not one more over the first";
  EXPECT_EQ(both.segments({{{0, 50}, {1, 13}}, {}, tonight}).number, 60) << "three do not fit";
  EXPECT_EQ(both.segments({{{0, 105}, {1, 5}}, {}, tonight}).number, 110) << "all together are the narrower limit";
}

TEST(Rooms, WhatWaitsTakesTheRoomOfItsOwnRoute) {
  const auto both = two_routes(10, 100);
  EXPECT_EQ(both.segments({{{1, 5}}, {{2, 90}}, tonight}).number, 10) << "the other SIM is busy with its own";
  EXPECT_EQ(both.segments({{{1, 5}}, {{1, 7}}, tonight}).number, 3);
  EXPECT_EQ(both.segments({{{2, 5}}, {{0, 107}}, tonight}).number, 3) << "it may go over any, but there is no more";
  EXPECT_EQ(both.segments({{{2, 5}}, {{1, 99}}, tonight}).number, 100) << "too much for another is its own affair";
}

TEST(Rooms, ARouteOverASimWithoutALimitOrOutOfServiceIsNotLimited) {
  EXPECT_FALSE(two_routes(0, 10).segments({{{1, 500}}, {}, tonight}).number);
  EXPECT_EQ(two_routes(0, 10).segments({{{2, 500}}, {}, tonight}).number, 10);
  auto options = routed();
  options.routes.push_back({"+33", {"modem3"}});
  auto one = sim(limits(10));
  one.routes = 1U << 1;
  EXPECT_EQ(rooms({one}, options).segments({{{3, 5}, {1, 4}}, {}, tonight}).number, 15) << "four of ten, and five";
}

TEST(Rooms, StrangersAreThoseOfTheSimsOfTheirRoute) {
  auto one = sim(limits(0, 0, 3)), other = sim(limits(0, 0, 50));
  one.routes = 1U << 1;
  other.recipients.insert(message::recipient_of("+41791234567"));
  const auto both = rooms({one, other}, routed());
  EXPECT_TRUE(both.is_stranger("+41791234567")) << "only the other SIM knows it, which may not send to it";
  EXPECT_EQ(both.strangers({{{1, 1}}, {}, tonight}).number, 3);
}

Options with_hours(message::Window window) {
  Options options;
  options.windows["reminder"] = std::move(window);
  return options;
}

base::Time local(const char* text) { return *base::from_rfc3339(std::string(text) + "+01:00"); }

// 10 November 2026 is a Tuesday.
TEST(Rooms, OutsideOfItsHoursNothingOfACategoryLeaves) {
  auto slow = limits(0);
  slow.per_minute = 1;
  const auto one = rooms({sim(slow)}, with_hours({{1, 5, 8 * 60, 13 * 60}}));
  EXPECT_EQ(one.finish(noon, 30, "reminder"), noon + 30min);
  EXPECT_EQ(one.finish(noon, 90, "direct"), noon + 90min) << "it has no hours";
  const auto next_day = one.finish(noon, 90, "reminder");
  ASSERT_TRUE(next_day);
  EXPECT_LE(std::chrono::abs(*next_day - local("2026-11-11T08:30:00")), 1min) << "an hour today, the rest tomorrow";
  EXPECT_EQ(one.finish(noon + 2h, 10, "reminder"), local("2026-11-11T08:10:00"));
  EXPECT_EQ(one.finish(local("2026-11-13T14:00:00"), 10, "reminder"), local("2026-11-16T08:10:00")) << "a weekend";
  EXPECT_EQ(one.finish(noon + 2h, 0, "reminder"), local("2026-11-11T08:00:00")) << "when it opens";
}

TEST(Rooms, HoursBeginWhetherOrNotAModemIsThere) {
  const auto none = rooms({}, with_hours({{1, 5, 8 * 60, 13 * 60}}));
  EXPECT_EQ(none.opening(noon, "reminder"), noon);
  EXPECT_EQ(none.opening(noon + 2h, "reminder"), local("2026-11-11T08:00:00"));
  EXPECT_EQ(none.opening(local("2026-11-13T14:00:00"), "reminder"), local("2026-11-16T08:00:00"));
  EXPECT_EQ(none.opening(noon + 2h, "direct"), noon + 2h);
}

TEST(Rooms, TheDayAndTheHoursLimitTogether) {
  auto both = limits(30);
  both.per_minute = 1;
  const auto one = rooms({sim(both, 10)}, with_hours({{1, 7, 8 * 60, 10 * 60}, {1, 7, 14 * 60, 14 * 60 + 15}}));
  EXPECT_EQ(one.finish(noon, 10, "reminder"), local("2026-11-10T14:10:00"));
  const auto third_day = one.finish(noon, 16 + 30 + 5, "reminder");
  ASSERT_TRUE(third_day);
  EXPECT_LE(std::chrono::abs(*third_day - local("2026-11-12T08:05:00")), 5min);
}

}  // namespace
}  // namespace burstd::gateway

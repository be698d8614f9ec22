#include "message/window.hpp"

#include <gtest/gtest.h>

namespace burstd::message {
namespace {

const Window practice{{1, 5, 8 * 60, 20 * 60}, {6, 6, 9 * 60, 12 * 60}};

TEST(Window, without_hours_is_always_open) {
  EXPECT_TRUE(is_open({}, {7, 0}));
  EXPECT_FALSE(next_closing({}, {7, 0}));
}

TEST(Window, is_open_from_its_first_minute_to_before_its_last) {
  EXPECT_FALSE(is_open(practice, {1, 8 * 60 - 1}));
  EXPECT_TRUE(is_open(practice, {1, 8 * 60}));
  EXPECT_TRUE(is_open(practice, {5, 20 * 60 - 1}));
  EXPECT_FALSE(is_open(practice, {5, 20 * 60}));
  EXPECT_FALSE(is_open(practice, {7, 10 * 60}));
}

TEST(Window, opens_today_tomorrow_or_after_the_weekend) {
  const auto today = next_opening(practice, {3, 60});
  ASSERT_TRUE(today);
  EXPECT_EQ(today->days, 0);
  EXPECT_EQ(today->minute, 8 * 60);
  const auto saturday = next_opening(practice, {5, 21 * 60});
  ASSERT_TRUE(saturday);
  EXPECT_EQ(saturday->days, 1);
  EXPECT_EQ(saturday->minute, 9 * 60);
  const auto monday = next_opening(practice, {6, 12 * 60});
  ASSERT_TRUE(monday);
  EXPECT_EQ(monday->days, 2);
  EXPECT_EQ(monday->minute, 8 * 60);
}

TEST(Window, of_one_day_a_week_opens_again_after_seven_days) {
  const Window tuesdays{{2, 2, 600, 660}};
  const auto next = next_opening(tuesdays, {2, 700});
  ASSERT_TRUE(next);
  EXPECT_EQ(next->days, 7);
}

TEST(Window, may_go_round_the_end_of_the_week) {
  const Window weekend{{6, 1, 0, 1440}};
  EXPECT_TRUE(is_open(weekend, {6, 0}));
  EXPECT_TRUE(is_open(weekend, {1, 1439}));
  EXPECT_FALSE(is_open(weekend, {2, 0}));
  const auto end = next_closing(weekend, {7, 100});
  ASSERT_TRUE(end);
  EXPECT_EQ(end->days, 2);
  EXPECT_EQ(end->minute, 0);
}

TEST(Window, closes_at_the_end_of_hours_that_overlap) {
  const Window two{{1, 5, 8 * 60, 12 * 60}, {1, 5, 11 * 60, 18 * 60}};
  const auto end = next_closing(two, {2, 9 * 60});
  ASSERT_TRUE(end);
  EXPECT_EQ(end->days, 0);
  EXPECT_EQ(end->minute, 18 * 60);
}

TEST(Window, is_shut_longest_over_the_weekend) {
  EXPECT_EQ(longest_closing(practice), (12 + 24 + 8) * 60);
  EXPECT_EQ(longest_closing({{1, 7, 480, 1200}}), 12 * 60);
  EXPECT_EQ(longest_closing({{2, 2, 600, 660}}), 7 * 1440 - 60);
  EXPECT_EQ(longest_closing({}), 0);
  EXPECT_EQ(longest_closing({{1, 7, 0, 1440}}), 0);
}

TEST(Window, that_is_always_open_by_its_hours_never_closes) { EXPECT_FALSE(next_closing({{1, 7, 0, 1440}}, {4, 5})); }

}  // namespace
}  // namespace burstd::message

#include "message/pace.hpp"

#include <gtest/gtest.h>

#include "noon.hpp"

namespace burstd::message {
namespace {

using namespace std::chrono_literals;

class PaceOf : public testing::Test {
 protected:
  static Pace with(Limits limits) { return Pace(limits, {}, {noon + 12h, noon + 24h * 20}); }
  static Limits none() { return Limits{0, 0, 0, 0, 0, {}}; }
};

// A SIM without limits may write to everybody for years.
TEST_F(PaceOf, what_no_limit_asks_for_is_not_kept) {
  Pace pace = with(none());
  for (Recipient recipient = 1; recipient <= 1000; ++recipient) pace.charge(noon, recipient);
  EXPECT_TRUE(pace.spent().recipients.empty());
  EXPECT_TRUE(pace.spent().hour.empty());
}

TEST_F(PaceOf, no_limits_lets_everything_go_and_counts_no_left) {
  Pace pace = with(none());
  for (int sent = 0; sent < 1000; ++sent) pace.charge(noon, 1);
  EXPECT_EQ(pace.leave(noon, 10, 2).at, noon);
  EXPECT_FALSE(pace.left({0, 0}));
}

TEST_F(PaceOf, a_minute_slides_over_what_was_sent) {
  Limits limits = none();
  limits.per_minute = 3;
  Pace pace = with(limits);
  pace.charge(noon, 1);
  pace.charge(noon + 10s, 1);
  pace.charge(noon + 20s, 1);
  const auto leave = pace.leave(noon + 30s, 1, 1);
  EXPECT_EQ(leave.by, Limit::minute);
  EXPECT_EQ(leave.at, noon + 60s);
  EXPECT_EQ(pace.leave(noon + 60s, 1, 1).at, noon + 60s);
  EXPECT_EQ(pace.leave(noon + 30s, 2, 1).at, noon + 70s);
}

TEST_F(PaceOf, all_parts_of_a_message_need_room_before_the_first_leaves) {
  Limits limits = none();
  limits.per_day = 10;
  Pace pace = with(limits);
  for (int sent = 0; sent < 8; ++sent) pace.charge(noon, 1);
  EXPECT_EQ(pace.leave(noon, 2, 1).by, Limit::none);
  const auto long_one = pace.leave(noon, 3, 1);
  EXPECT_EQ(long_one.by, Limit::day);
  EXPECT_EQ(long_one.at, noon + 12h);
}

TEST_F(PaceOf, what_each_limit_leaves_is_told_and_when_one_that_leaves_nothing_goes_on) {
  Pace pace = with(Limits{2, 5, 4, 0, 3, {}});
  const auto told = [&](base::Time now) {
    std::string all;
    for (const Remainder& one : pace.remainders(now)) {
      all += std::string(to_string(one.limit)) + " " + std::to_string(one.left) + "/" + std::to_string(one.most);
      if (one.goes_on_at) all += " +" + std::to_string((*one.goes_on_at - now) / 1s);
      all += ", ";
    }
    return all;
  };
  EXPECT_EQ(told(noon), "minute 2/2, hour 5/5, day 4/4, recipients 3/3, ") << "there is none by the month";
  pace.charge(noon, 1);
  pace.charge(noon + 10s, 2);
  EXPECT_EQ(told(noon + 10s), "minute 0/2 +50, hour 3/5, day 2/4, recipients 1/3, ");
  EXPECT_EQ(told(noon + 60s), "minute 1/2, hour 3/5, day 2/4, recipients 1/3, ");
  pace.charge(noon + 60s, 3);
  pace.charge(noon + 120s, 3);
  EXPECT_EQ(told(noon + 180s), "minute 2/2, hour 1/5, day 0/4 +43020, recipients 0/3 +1727820, ");
}

TEST_F(PaceOf, a_message_longer_than_the_limit_goes_when_nothing_else_went) {
  Limits limits = none();
  limits.per_minute = 2;
  Pace pace = with(limits);
  EXPECT_EQ(pace.leave(noon, 5, 1).by, Limit::none);
  pace.charge(noon, 1);
  EXPECT_EQ(pace.leave(noon, 5, 1).at, noon + 60s);
}

TEST_F(PaceOf, recipients_of_the_month_may_be_written_to_again) {
  Limits limits = none();
  limits.recipients_per_month = 2;
  Pace pace = with(limits);
  pace.charge(noon, 1);
  pace.charge(noon, 2);
  EXPECT_EQ(pace.leave(noon, 1, 2).by, Limit::none);
  const auto stranger = pace.leave(noon, 1, 3);
  EXPECT_EQ(stranger.by, Limit::recipients);
  EXPECT_EQ(stranger.at, noon + 24h * 20);
  EXPECT_EQ(pace.anything(noon).by, Limit::none);
}

TEST_F(PaceOf, what_never_left_is_given_back) {
  Limits limits = none();
  limits.per_minute = 1;
  limits.per_day = 1;
  Pace pace = with(limits);
  pace.charge(noon, 1);
  EXPECT_EQ(pace.leave(noon, 1, 1).by, Limit::day);
  pace.give_back(noon);
  EXPECT_EQ(pace.leave(noon, 1, 1).by, Limit::none);
}

TEST_F(PaceOf, midnight_begins_a_new_day_and_sometimes_a_new_month) {
  Limits limits = none();
  limits.per_day = 1;
  limits.recipients_per_month = 1;
  Pace pace = with(limits);
  pace.charge(noon, 1);
  EXPECT_FALSE(pace.is_over(noon + 11h));
  EXPECT_TRUE(pace.is_over(noon + 12h));
  pace.turn(noon + 12h, {noon + 36h, noon + 24h * 20});
  EXPECT_EQ(pace.leave(noon + 12h, 1, 1).by, Limit::none);
  EXPECT_EQ(pace.leave(noon + 12h, 1, 2).by, Limit::recipients);
  pace.turn(noon + 24h * 20, {noon + 24h * 21, noon + 24h * 50});
  EXPECT_EQ(pace.leave(noon + 24h * 20, 1, 2).by, Limit::none);
}

TEST_F(PaceOf, what_a_clock_charged_ahead_of_its_time_counts_from_now_on) {
  Limits limits = none();
  limits.per_hour = 1;
  Pace pace = with(limits);
  pace.charge(noon + 5h, 1);
  pace.set_back(noon);
  EXPECT_EQ(pace.leave(noon, 1, 1).by, Limit::hour);
  EXPECT_EQ(pace.leave(noon, 1, 1).at, noon + 1h);
}

TEST_F(PaceOf, what_is_left_counts_the_days_to_come) {
  Limits limits = none();
  limits.per_day = 100;
  limits.per_month = 150;
  Pace pace = with(limits);
  pace.charge(noon, 1);
  EXPECT_EQ(pace.left({0, 0}), 99);
  EXPECT_EQ(pace.left({2, 0}), 149);
  EXPECT_EQ(pace.left({2, 1}), 299);
}

}  // namespace
}  // namespace burstd::message

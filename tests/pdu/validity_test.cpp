#include "pdu/validity.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace burstd::pdu {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr int hour = 60;
constexpr int day = 24 * hour;
constexpr int week = 7 * day;

struct Row {
  int value;
  int length;
};

TEST(RelativeValidity, IsReadAsTheStandardsTable) {
  for (const Row& row : std::vector<Row>{{0, 5},
                                         {1, 10},
                                         {11, hour},
                                         {143, 12 * hour},
                                         {144, 12 * hour + 30},
                                         {167, day},
                                         {168, 2 * day},
                                         {170, 4 * day},
                                         {173, 7 * day},
                                         {196, 30 * day},
                                         {197, 5 * week},
                                         {255, 63 * week}}) {
    EXPECT_EQ(duration(RelativeValidity{static_cast<std::uint8_t>(row.value)}), minutes(row.length)) << row.value;
  }
}

TEST(RelativeValidity, IsTheSmallestStepThatIsNotShorterThanAsked) {
  for (int asked = 0; asked <= 64 * week; asked += asked < 2 * day ? 1 : 61) {
    const RelativeValidity chosen = relative_validity(minutes(asked));
    const auto length = duration(chosen).value();
    if (asked <= 63 * week) {
      ASSERT_GE(length, minutes(asked)) << asked;
    } else {
      ASSERT_EQ(chosen.value, 255);
    }
    if (chosen.value == 0) continue;
    const RelativeValidity before{static_cast<std::uint8_t>(chosen.value - 1)};
    ASSERT_LT(duration(before).value(), minutes(asked)) << asked;
  }
}

TEST(RelativeValidity, EveryValueIsItsOwnChoice) {
  for (int value = 0; value < 256; ++value) {
    const RelativeValidity validity{static_cast<std::uint8_t>(value)};
    EXPECT_EQ(relative_validity(std::chrono::duration_cast<minutes>(*duration(validity))), validity) << value;
  }
}

TEST(RelativeValidity, LessThanNothingIsFiveMinutes) { EXPECT_EQ(relative_validity(minutes(-7)).value, 0); }

TEST(EnhancedValidity, IsReadByItsFormat) {
  EXPECT_EQ(duration(EnhancedValidity{{0x01, 0xA7}}), minutes(day));
  EXPECT_EQ(duration(EnhancedValidity{{0x02, 90}}), seconds(90));
  EXPECT_EQ(duration(EnhancedValidity{{0x03, 0x10, 0x03, 0x54}}), seconds(3600 + 30 * 60 + 45));
  EXPECT_EQ(duration(EnhancedValidity{{0x81, 0x00, 0xA7}}), minutes(day));
}

TEST(EnhancedValidity, MayStateNoPeriod) {
  EXPECT_EQ(duration(EnhancedValidity{{0x00, 0xA7}}), std::nullopt);
  EXPECT_EQ(duration(EnhancedValidity{{0x02, 0x00}}), std::nullopt);
  EXPECT_EQ(duration(EnhancedValidity{{0x07, 0xA7}}), std::nullopt);
  EXPECT_EQ(duration(EnhancedValidity{{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}}), std::nullopt);
}

TEST(EnhancedValidity, SaysWhetherThereIsOneAttemptOnly) {
  EXPECT_TRUE(is_single_shot(EnhancedValidity{{0x41, 0xA7}}));
  EXPECT_FALSE(is_single_shot(EnhancedValidity{{0x01, 0xA7}}));
}

TEST(AbsoluteValidity, IsATimeAndNoDuration) { EXPECT_EQ(duration(Timestamp{2026, 3, 1, 8, 30, 0, 60}), std::nullopt); }

}  // namespace
}  // namespace burstd::pdu

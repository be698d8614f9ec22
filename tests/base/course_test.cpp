#include "base/course.hpp"

#include <gtest/gtest.h>

namespace burstd::base {
namespace {

using namespace std::chrono_literals;

const Time noon = *from_rfc3339("2026-03-02T12:00:00Z");

TEST(Course, GoesWithTheMachineAndItsSmallCorrections) {
  Course course;
  EXPECT_EQ(course.at(10s, noon), noon);
  EXPECT_EQ(course.at(70s, noon + 61s), noon + 61s);
  EXPECT_EQ(course.at(130s, noon + 90s), noon + 90s);
  EXPECT_FALSE(course.apart());
}

TEST(Course, AJumpIsNotFollowed) {
  for (const Milliseconds jump :
       {Milliseconds{1h}, Milliseconds{-1h}, Milliseconds{24h * 365}, Milliseconds{2min + 1ms}}) {
    Course course;
    course.at(0s, noon);
    EXPECT_EQ(course.at(60s, noon + 60s + jump), noon + 60s);
    EXPECT_EQ(course.apart(), jump);
    EXPECT_EQ(course.at(3600s, noon + 1h + jump), noon + 1h);
  }
}

TEST(Course, AClockThatComesBackIsFollowedAgain) {
  Course course;
  course.at(0s, noon);
  course.at(60s, noon + 5h);
  EXPECT_EQ(course.at(120s, noon + 121s), noon + 121s);
  EXPECT_FALSE(course.apart());
}

TEST(Course, AJumpIsFollowedOnceSomebodyElseTellsTheSameTime) {
  Course course;
  course.at(0s, noon);
  course.at(60s, noon + 5h);
  course.follow();
  EXPECT_EQ(course.at(61s, noon + 5h + 1s), noon + 5h + 1s);
  EXPECT_FALSE(course.apart());
}

TEST(Course, AMachineThatStartsBeforeWhatIsOnRecordIsDoubtedAndNothingIsEarlier) {
  Course course;
  const Time in_1970{1min};
  course.at(5s, in_1970);
  course.begin(5s, in_1970, noon);
  EXPECT_TRUE(course.doubted());
  EXPECT_EQ(course.at(65s, in_1970 + 60s), noon + 60s);
  EXPECT_EQ(course.apart(), in_1970 - noon);
  EXPECT_EQ(course.at(75s, noon + 24h), noon + 24h) << "somebody has set it";
  EXPECT_FALSE(course.doubted());
  EXPECT_FALSE(course.apart());
}

TEST(Course, ALittleBeforeIsACorrection) {
  Course course;
  course.begin(5s, noon - 2min, noon);
  EXPECT_FALSE(course.doubted());
  EXPECT_EQ(course.at(6s, noon - 2min + 1s), noon - 2min + 1s);
}

TEST(Course, WhoKnowsTheTimeEndsTheDoubt) {
  Course course;
  course.begin(0s, Time{}, noon);
  course.set(10s, noon + 72h);
  EXPECT_FALSE(course.doubted());
  EXPECT_EQ(course.at(20s, Time{20s}), noon + 72h + 10s);
  EXPECT_TRUE(course.apart());
  EXPECT_EQ(course.at(30s, noon + 72h + 21s), noon + 72h + 21s) << "the machine has learned it, too";
  EXPECT_FALSE(course.apart());
  course.begin(0s, Time{}, noon);
  course.follow();
  EXPECT_FALSE(course.doubted());
}

}  // namespace
}  // namespace burstd::base

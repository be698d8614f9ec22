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

}  // namespace
}  // namespace burstd::base

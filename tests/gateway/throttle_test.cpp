// A SIM in a congested network.
#include "gateway/throttle.hpp"

#include <gtest/gtest.h>

#include "at/errors.hpp"

namespace burstd::gateway {
namespace {

using namespace std::chrono_literals;

modem::Verdict refusal(int code) {
  const at::Failure failure{at::Failure::Kind::cms, code, "+CMS ERROR: " + std::to_string(code)};
  const at::Meaning& meaning = at::meaning(failure);
  return modem::Refused{failure.text, meaning.blame,    std::string(meaning.sentence),
                        false,        meaning.patience, meaning.suspect_after};
}

TEST(Throttle, SlowsDownWithEveryCongestionAndNoFurtherThanTwoMinutes) {
  Throttle throttle;
  EXPECT_EQ(throttle.pause(), 0s);
  std::vector<base::Milliseconds> pauses;
  for (int refusals = 0; refusals < 5; ++refusals) {
    EXPECT_TRUE(throttle.judge(refusal(42)));
    pauses.push_back(throttle.pause());
  }
  EXPECT_EQ(pauses, (std::vector<base::Milliseconds>{15s, 30s, 1min, 2min, 2min}));
}

TEST(Throttle, GetsFasterWithEveryMessageThatIsTaken) {
  Throttle throttle;
  for (int refusals = 0; refusals < 3; ++refusals) throttle.judge(refusal(42));
  std::vector<base::Milliseconds> pauses;
  for (int accepted = 0; accepted < 3; ++accepted) {
    EXPECT_FALSE(throttle.judge(modem::Accepted{1}));
    pauses.push_back(throttle.pause());
  }
  EXPECT_EQ(pauses, (std::vector<base::Milliseconds>{30s, 15s, 0s}));
}

TEST(Throttle, LeavesAllOtherRefusalsAlone) {
  Throttle throttle;
  for (const int code : {1, 8, 22, 38, 41, 47, 192, 500}) EXPECT_FALSE(throttle.judge(refusal(code))) << code;
  EXPECT_FALSE(throttle.judge(modem::NotSent{"no prompt"}));
  EXPECT_FALSE(throttle.judge(modem::Unknown{"no verdict"}));
  EXPECT_EQ(throttle.pause(), 0s);
}

}  // namespace
}  // namespace burstd::gateway

#include "message/retry.hpp"

#include <gtest/gtest.h>

#include "noon.hpp"

namespace burstd::message {
namespace {

using namespace std::chrono_literals;
using base::Blame;

Decision after(Blame blame, int tries, bool before_air = false) {
  return decide({blame, before_air, tries, noon, noon + 24h});
}

TEST(Retry, ARefusalOfTheRecipientOrOfOurPduIsForGood) {
  EXPECT_EQ(after(Blame::recipient, 1).event, Event::refused_for_good);
  EXPECT_EQ(after(Blame::ours, 1).event, Event::refused_for_good);
}

TEST(Retry, APassingRefusalIsRepeatedFiveTimesWithinTwoHours) {
  base::Milliseconds total{0};
  for (int tries = 1; tries < most_tries; ++tries) {
    const auto decision = after(Blame::transient, tries);
    ASSERT_EQ(decision.event, Event::refused_for_now) << tries;
    total += *decision.next_attempt_at - noon;
  }
  EXPECT_LE(total, 2h);
  EXPECT_EQ(after(Blame::transient, most_tries).event, Event::refused_for_good);
}

TEST(Retry, ASimsRefusalGoesSoonToAnotherSim) {
  const auto decision = after(Blame::sim, 1);
  EXPECT_EQ(decision.event, Event::refused_for_now);
  EXPECT_LE(*decision.next_attempt_at, noon + 10s);
}

TEST(Retry, AnUnknownOutcomeIsNeverRepeatedUnlessNothingLeft) {
  EXPECT_EQ(after(Blame::unknown, 1, false).event, Event::lost);
  EXPECT_EQ(after(Blame::unknown, 1, true).event, Event::refused_for_now);
}

TEST(Retry, NothingIsTriedAfterTheMessagesOwnEnd) {
  const auto decision = decide({Blame::transient, false, 1, noon, noon + 10s});
  EXPECT_EQ(decision.event, Event::refused_for_good);
}

}  // namespace
}  // namespace burstd::message

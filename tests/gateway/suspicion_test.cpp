#include "gateway/suspicion.hpp"

#include <gtest/gtest.h>

#include "at/errors.hpp"

namespace burstd::gateway {
namespace {

using namespace std::chrono_literals;

modem::Refused refused(int code) {
  const at::Failure failure{at::Failure::Kind::cms, code, "+CMS ERROR: " + std::to_string(code)};
  const at::Meaning& meaning = at::meaning(failure);
  return {failure.text, meaning.blame, std::string(meaning.sentence), false, meaning.patience, meaning.suspect_after};
}

std::string number(int which) { return "+4179000000" + std::to_string(which); }

class SuspicionTest : public ::testing::Test {
 protected:
  // How many different numbers must be refused so until the SIM rests; 0: not even twenty do it.
  static int numbers_until_rest(int code) {
    Suspicion suspicion;
    for (int which = 1; which <= 20; ++which) {
      if (suspicion.judge(number(which), refused(code))) return which;
    }
    return 0;
  }

  Suspicion suspicion;
};

TEST_F(SuspicionTest, ComesAfterAsManyNumbersAsTheCodeSays) {
  EXPECT_EQ(numbers_until_rest(8), 3);
  EXPECT_EQ(numbers_until_rest(10), 3);
  EXPECT_EQ(numbers_until_rest(21), 3);
  EXPECT_EQ(numbers_until_rest(28), 3);
  EXPECT_EQ(numbers_until_rest(29), 2);
  EXPECT_EQ(numbers_until_rest(50), 2);
  EXPECT_EQ(numbers_until_rest(69), 2) << "one more recipient is tested";
  EXPECT_EQ(numbers_until_rest(38), 0) << "the answer for one phone that is off, too";
  EXPECT_EQ(numbers_until_rest(304), 0) << "our own fault";
  EXPECT_EQ(numbers_until_rest(42), 6);
  for (const int code : {1, 27, 30, 195, 196}) EXPECT_EQ(numbers_until_rest(code), 20) << code << " is the recipient's";
}

TEST_F(SuspicionTest, OneNumberIsNotTakenForTheSimHoweverOftenItIsTried) {
  for (int tries = 0; tries < 10; ++tries) EXPECT_FALSE(suspicion.judge(number(1), refused(69))) << tries;
  EXPECT_TRUE(suspicion.judge(number(2), refused(69)));
}

TEST_F(SuspicionTest, WeighsLittleWhatIsSaidOfARecipient) {
  for (int which = 1; which <= 5; ++which) EXPECT_FALSE(suspicion.judge(number(which), refused(42))) << which;
  for (int which = 6; which <= 9; ++which) EXPECT_FALSE(suspicion.judge(number(which), refused(27))) << which;
  const auto rest = suspicion.judge(number(10), refused(42));
  ASSERT_TRUE(rest);
  EXPECT_EQ(rest->refusals, 6);
  EXPECT_FALSE(suspicion.judge(number(11), refused(1))) << "the first try after the rest says nothing of the SIM";
}

TEST_F(SuspicionTest, NeverGivesOnePatientsPhoneAsTheReason) {
  for (const int code : {1, 27}) {
    Suspicion fresh;
    std::optional<Suspicion::Rest> rest;
    for (int which = 1; which <= 20; ++which) rest = fresh.judge(number(which), refused(code));
    ASSERT_TRUE(rest) << code;
    EXPECT_NE(rest->sentence.find("may have blocked this SIM"), std::string::npos) << rest->sentence;
    EXPECT_EQ(rest->refusals, 20);
  }
}

TEST_F(SuspicionTest, EndsWithWhatTheNetworkTakes) {
  suspicion.judge(number(1), refused(8));
  suspicion.judge(number(2), refused(8));
  suspicion.judge(number(3), modem::Accepted{1});
  EXPECT_FALSE(suspicion.judge(number(4), refused(8)));
  EXPECT_FALSE(suspicion.judge(number(5), refused(8)));
  EXPECT_TRUE(suspicion.judge(number(6), refused(8)));
}

TEST_F(SuspicionTest, IsNeitherFedNorEndedByWhatSaysNothingOfTheSim) {
  suspicion.judge(number(1), refused(8));
  suspicion.judge(number(2), refused(8));
  EXPECT_FALSE(suspicion.judge(number(7), refused(38)));
  EXPECT_FALSE(suspicion.judge(number(8), modem::NotSent{"no prompt"}));
  EXPECT_FALSE(suspicion.judge(number(9), modem::Unknown{"silence"}));
  EXPECT_TRUE(suspicion.judge(number(3), refused(8)));
}

TEST_F(SuspicionTest, IsEndedByAnOrdinaryRefusalInBetween) {
  suspicion.judge(number(1), refused(8));
  suspicion.judge(number(2), refused(8));
  EXPECT_FALSE(suspicion.judge(number(3), refused(41)));
  EXPECT_FALSE(suspicion.judge(number(4), refused(8)));
}

TEST_F(SuspicionTest, OfABlockedSimMakesItRestForAnHourEachTimeAndSaysSo) {
  suspicion.judge(number(1), refused(8));
  suspicion.judge(number(2), refused(8));
  const auto rest = suspicion.judge(number(3), refused(8));
  ASSERT_TRUE(rest);
  EXPECT_EQ(rest->span, 1h);
  EXPECT_EQ(rest->sentence, "Our SIM card is not allowed to send. IT has been told.");
  EXPECT_EQ(rest->refusals, 3);
  const auto next = suspicion.judge(number(3), refused(8));
  ASSERT_TRUE(next) << "the first try after the rest";
  EXPECT_EQ(next->span, 1h);
}

TEST_F(SuspicionTest, SaysWhatARunOfRefusalsThatBlameTheNumbersMeans) {
  suspicion.judge(number(1), refused(10));
  suspicion.judge(number(2), refused(21));
  const auto rest = suspicion.judge(number(3), refused(10));
  ASSERT_TRUE(rest);
  EXPECT_NE(rest->sentence.find("blocked"), std::string::npos);
}

TEST_F(SuspicionTest, OfARunWithoutAPatternLastsLongerEachTime) {
  std::optional<Suspicion::Rest> rest;
  for (int which = 1; which <= 6; ++which) rest = suspicion.judge(number(which), refused(42));
  ASSERT_TRUE(rest);
  EXPECT_EQ(rest->span, 1min);
  EXPECT_EQ(rest->sentence, refused(42).sentence) << "a busy network is no blocked SIM";
  EXPECT_EQ(suspicion.judge(number(7), refused(42))->span, 2min);
}

TEST_F(SuspicionTest, OfACodeThatOnlyADriverKnowsGoesByItsBlame) {
  const modem::Refused own{"+CMS ERROR: 580", base::Blame::sim, "This SIM may not.", false};
  EXPECT_FALSE(suspicion.judge(number(1), own));
  const auto rest = suspicion.judge(number(2), own);
  ASSERT_TRUE(rest);
  EXPECT_EQ(rest->span, 1min);
}

}  // namespace
}  // namespace burstd::gateway

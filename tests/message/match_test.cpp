#include "message/match.hpp"

#include <gtest/gtest.h>

#include "noon.hpp"

namespace burstd::message {
namespace {

using namespace std::chrono_literals;

Candidate candidate(std::int64_t attempt, std::string recipient, base::Time started) {
  return {attempt, std::move(recipient), started, true};
}

TEST(Match, TheRecipientsTailDecidesWhateverItsForm) {
  const std::vector<Candidate> two{candidate(1, "+41790000001", noon), candidate(2, "+41790000002", noon)};
  for (const char* form : {"+41790000002", "41790000002", "0790000002", "790000002", "0041790000002"}) {
    EXPECT_EQ(match(two, {form, noon + 5s, {}}).attempt, 2) << form;
  }
  EXPECT_FALSE(match(two, {"+41790000003", noon + 5s, {}}).attempt);
}

TEST(SameRecipient, IgnoresTheTypeOfNumberAndTellsNumbersApart) {
  EXPECT_TRUE(same_recipient("0041791234567", "791234567"));
  EXPECT_TRUE(same_recipient("+4520123456", "020123456"));
  EXPECT_TRUE(same_recipient("1234567", "+3541234567"));
  EXPECT_FALSE(same_recipient("+41791234567", "+41781234567"));
  EXPECT_FALSE(same_recipient("+41791234567", "+41791234568"));
  EXPECT_FALSE(same_recipient("+4520123456", "+4620123456"));
  EXPECT_FALSE(same_recipient("234567", "+41791234567"));
}

TEST(Match, ShortNumbersMustBeEqual) {
  EXPECT_TRUE(same_recipient("4636", "4636"));
  EXPECT_FALSE(same_recipient("4636", "+41790004636"));
  EXPECT_FALSE(same_recipient("", ""));
}

TEST(Match, AnOpenAttemptGoesBeforeAClosedOne) {
  std::vector<Candidate> wrapped{candidate(1, "+41790000001", noon), candidate(2, "+41790000001", noon + 1h)};
  wrapped[1].open = false;
  EXPECT_EQ(match(wrapped, {"+41790000001", noon + 2h, {}}).attempt, 1);
}

TEST(Match, AmongEqualsTheServiceCentresTimeDecidesElseTheNewest) {
  const std::vector<Candidate> wrapped{candidate(1, "+41790000001", noon), candidate(2, "+41790000001", noon + 1h)};
  const auto by_time = match(wrapped, {"+41790000001", noon + 2h, noon + 10s});
  EXPECT_EQ(by_time.attempt, 1);
  EXPECT_TRUE(by_time.ambiguous);
  EXPECT_EQ(match(wrapped, {"+41790000001", noon + 2h, {}}).attempt, 2);
}

TEST(Match, AReportNeverBelongsToALaterAttempt) {
  EXPECT_FALSE(match({candidate(1, "+41790000001", noon)}, {"+41790000001", noon - 1s, {}}).attempt);
}

TEST(MatchUnreferenced, NeedsRecipientTimeAndASingleCandidate) {
  const std::vector<Candidate> one{candidate(1, "+41790000001", noon)};
  EXPECT_EQ(match_unreferenced(one, {"+41790000001", noon + 1h, noon + 3s}).attempt, 1);
  EXPECT_FALSE(match_unreferenced(one, {"+41790000001", noon + 1h, noon + 6min}).attempt);
  EXPECT_FALSE(match_unreferenced(one, {"+41790000002", noon + 1h, noon + 3s}).attempt);
  const std::vector<Candidate> two{candidate(1, "+41790000001", noon), candidate(2, "+41790000001", noon + 30s)};
  const auto unclear = match_unreferenced(two, {"+41790000001", noon + 1h, noon + 31s});
  EXPECT_FALSE(unclear.attempt);
  EXPECT_TRUE(unclear.ambiguous);
}

}  // namespace
}  // namespace burstd::message

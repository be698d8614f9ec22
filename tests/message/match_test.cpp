#include "message/match.hpp"

#include <gtest/gtest.h>

#include "noon.hpp"

namespace burstd::message {
namespace {

using namespace std::chrono_literals;

constexpr const char* patient = "+41790000001";

Candidate candidate(std::int64_t attempt, base::Time started, std::optional<int> reference = 7) {
  Candidate made;
  made.attempt = attempt;
  made.recipient = patient;
  made.reference = reference;
  made.started_at = started;
  made.ended_at = started + 4s;
  made.window_ends_at = started + 25h;
  return made;
}

Reported report(base::Time received, std::optional<base::Time> submitted = {}) {
  return {patient, 7, received, submitted};
}

TEST(Match, TheRecipientsTailDecidesWhateverItsForm) {
  auto other = candidate(2, noon);
  other.recipient = "+41790000002";
  const std::vector<Candidate> two{candidate(1, noon), other};
  for (const char* form : {"+41790000002", "41790000002", "0790000002", "790000002", "0041790000002"}) {
    EXPECT_EQ(match(two, {form, 7, noon + 5s, {}}).attempt, 2) << form;
  }
  EXPECT_FALSE(match(two, {"+41790000003", 7, noon + 5s, {}}).attempt);
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

TEST(SameRecipient, ShortNumbersMustBeEqual) {
  EXPECT_TRUE(same_recipient("4636", "4636"));
  EXPECT_FALSE(same_recipient("4636", "+41790004636"));
  EXPECT_FALSE(same_recipient("", ""));
}

TEST(Match, AnotherReferenceIsAnotherMessage) {
  EXPECT_FALSE(match({candidate(1, noon, 8)}, report(noon + 5s, noon + 3s)).attempt);
}

TEST(Match, WithoutTheCentresTimeAnOpenAttemptGoesBeforeAClosedOneAndTheNewestFirst) {
  std::vector<Candidate> wrapped{candidate(1, noon), candidate(2, noon + 1h), candidate(3, noon + 2h)};
  wrapped[2].open = false;
  const auto found = match(wrapped, report(noon + 3h));
  EXPECT_EQ(found.attempt, 2);
  EXPECT_TRUE(found.ambiguous);
}

TEST(Match, TheCentresTimeTellsWrappedReferencesApart) {
  const std::vector<Candidate> wrapped{candidate(1, noon), candidate(2, noon + 1h)};
  EXPECT_EQ(match(wrapped, report(noon + 2h, noon + 10s)).attempt, 1);
  EXPECT_EQ(match(wrapped, report(noon + 2h, noon + 1h + 3s)).attempt, 2);
}

TEST(Match, AReportThatComesAgainNeverTouchesAnOlderMessageOfTheSameReference) {
  std::vector<Candidate> wrapped{candidate(1, noon), candidate(2, noon + 1h)};
  wrapped[1].open = false;
  EXPECT_EQ(match(wrapped, report(noon + 2h, noon + 1h + 3s)).attempt, 2);
}

TEST(Match, AReferenceThatNobodyLearnedIsFoundByTimeBeforeAnOldOneOfThatNumber) {
  EXPECT_EQ(match({candidate(1, noon), candidate(2, noon + 1h, {})}, report(noon + 2h, noon + 1h + 3s)).attempt, 2);
  EXPECT_FALSE(match({candidate(2, noon, {})}, report(noon + 2h, noon + 6min)).attempt);
  EXPECT_FALSE(match({candidate(2, noon, {})}, report(noon + 2h)).attempt) << "time is its only evidence";
  const auto unclear = match({candidate(1, noon, {}), candidate(2, noon + 30s, {})}, report(noon + 1h, noon + 31s));
  EXPECT_FALSE(unclear.attempt);
  EXPECT_TRUE(unclear.ambiguous);
}

TEST(Match, AReportThatOvertakesItsVerdictWaitsForIt) {
  auto flying = candidate(2, noon + 1h, {});
  flying.in_flight = true;
  EXPECT_FALSE(match({candidate(1, noon), flying}, report(noon + 1h + 4s, noon + 1h + 3s)).attempt);
}

TEST(Match, ByTimeIsOnlyWhatTheCentresTimeFits) {
  const std::vector<Candidate> two{candidate(1, noon), candidate(2, noon + 1h)};
  EXPECT_EQ(match_by_time(two, report(noon + 2h, noon + 1h))->attempt, 2);
  EXPECT_FALSE(match_by_time(two, report(noon + 2h, noon + 30min)));
  EXPECT_FALSE(match_by_time(two, report(noon + 2h)));
  EXPECT_FALSE(match_by_time({candidate(1, noon, std::nullopt)}, report(noon + 2h, noon)));
}

TEST(Match, WithAWrongClockTheReferenceCountsWithinItsWindowAndNotAfterIt) {
  EXPECT_EQ(match({candidate(1, noon)}, report(noon + 1h, noon - 3h)).attempt, 1);
  EXPECT_FALSE(match({candidate(1, noon)}, report(noon + 26h, noon - 3h)).attempt);
  EXPECT_EQ(match({candidate(1, noon)}, report(noon - 1h, noon - 3h)).attempt, 1) << "our clock was set back";
}

}  // namespace
}  // namespace burstd::message

#include "message/retry.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "noon.hpp"

namespace burstd::message {
namespace {

using namespace std::chrono_literals;
using base::Blame;
using base::Patience;
using std::chrono::seconds;

Refusal refusal(Blame blame, int tries, std::optional<Patience> patience = {}) {
  return {blame, patience, false, tries, noon, noon + 24h};
}

// The pauses that decide() gives, one try after the other, until it gives up.
std::vector<seconds> schedule(Blame blame, std::optional<Patience> patience = {}) {
  std::vector<seconds> pauses;
  for (int tries = 1; tries < 50; ++tries) {
    const auto decision = decide(refusal(blame, tries, patience));
    if (decision.event != Event::refused_for_now) return pauses;
    pauses.push_back(std::chrono::duration_cast<seconds>(*decision.next_attempt_at - noon));
  }
  ADD_FAILURE() << "it never gives up";
  return pauses;
}

struct Manner {
  Patience patience;
  std::vector<seconds> pauses;
};

const std::vector<Manner> manners{
    {Patience::usual, {30s, 2min, 10min, 1h}},
    {Patience::quick, {10s, 1min, 5min, 1h}},
    {Patience::slow, {1min, 5min, 15min, 1h}},
    {Patience::congested, {1min, 5min, 15min, 1h}},
    {Patience::very_slow, {10min, 1h}},
    {Patience::phone_away, {5min, 30min, 2h}},
    {Patience::centre_fault, {5min, 30min, 1h}},
    {Patience::sim_busy, {1s, 2s, 4s, 8s, 16s, 32s, 60s, 10min, 1h}},
    {Patience::half_minute, {30s, 30s, 30s, 1h}},
    {Patience::elsewhere, {5s, 2min, 10min, 1h}},
    {Patience::another_sim, {5s, 2min}},
    {Patience::once, {30s}},
    {Patience::twice, {30s, 2min}},
};

TEST(Retry, ARefusalOfTheRecipientOrOfOurPduIsForGood) {
  EXPECT_EQ(decide(refusal(Blame::recipient, 1)).event, Event::refused_for_good);
  EXPECT_EQ(decide(refusal(Blame::ours, 1, Patience::quick)).event, Event::refused_for_good);
}

TEST(Retry, EveryMannerHasItsOwnPausesAndAnEnd) {
  for (const Manner& manner : manners) {
    EXPECT_EQ(schedule(Blame::transient, manner.patience), manner.pauses) << static_cast<int>(manner.patience);
    EXPECT_EQ(schedule(Blame::sim, manner.patience), manner.pauses) << static_cast<int>(manner.patience);
  }
}

TEST(Retry, WhereNothingIsSaidItIsTriedFiveTimesWithinTwoHours) {
  EXPECT_EQ(schedule(Blame::transient), (std::vector<seconds>{30s, 2min, 10min, 1h}));
  EXPECT_EQ(schedule(Blame::sim), (std::vector<seconds>{5s, 2min, 10min, 1h})) << "soon, for another SIM may take it";
}

TEST(Retry, AnUnknownOutcomeIsNeverRepeatedUnlessNothingLeft) {
  auto unknown = refusal(Blame::unknown, 1);
  EXPECT_EQ(decide(unknown).event, Event::lost);
  unknown.before_air = true;
  EXPECT_EQ(decide(unknown).event, Event::refused_for_now);
}

TEST(Retry, NothingIsTriedAtOrAfterTheMessagesOwnEnd) {
  auto late = refusal(Blame::transient, 1);
  late.expires_at = noon + 30s;
  EXPECT_EQ(decide(late).event, Event::refused_for_good);
  late.expires_at += 1ms;
  EXPECT_EQ(decide(late).event, Event::refused_for_now);
}

TEST(LastWords, PromiseNothingAndSayWhyThereIsNoOtherTry) {
  const auto spent = refusal(Blame::transient, 5);
  EXPECT_EQ(last_words("The network is busy. We will try again.", spent), "The network is busy. It was tried 5 times.");
  EXPECT_EQ(last_words("Technical error, trying again.", spent), "Technical error. It was tried 5 times.");
  EXPECT_EQ(last_words("The modem had a fault. Restarting it.", spent), "The modem had a fault. It was tried 5 times.");
  EXPECT_EQ(last_words("We will try again.", spent), "The message could not be sent. It was tried 5 times.");
  EXPECT_EQ(last_words("The network refused the message.", refusal(Blame::transient, 2, Patience::once)),
            "The network refused the message. It was tried 2 times.");
}

TEST(LastWords, OfAMessageWhoseTimeIsOverSayThat) {
  EXPECT_EQ(last_words("The network is busy. We will try again later.", refusal(Blame::transient, 1)),
            "The network is busy. There was no time left for another try.");
}

TEST(LastWords, OfARefusalForGoodAreItsSentence) {
  EXPECT_EQ(last_words("The number is not valid.", refusal(Blame::recipient, 1)), "The number is not valid.");
  EXPECT_EQ(last_words("The PIN is wrong. It is not tried again; call IT.", refusal(Blame::ours, 1)),
            "The PIN is wrong. It is not tried again; call IT.");
}

std::optional<std::chrono::hours> repeated_after(int status, int repeats) {
  const auto at = repeat_at({status, repeats, noon, noon + 24h});
  if (!at) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::hours>(*at - noon);
}

TEST(Repeat, FollowsTheStatusAndEndsAfterTwo) {
  const std::vector<std::tuple<int, std::chrono::hours, std::chrono::hours>> rows{
      {0x60, 1h, 1h}, {0x61, 1h, 1h}, {0x62, 2h, 6h}, {0x64, 1h, 1h}, {0x65, 2h, 2h}};
  for (const auto& [status, first, second] : rows) {
    EXPECT_EQ(repeated_after(status, 0), first) << status;
    EXPECT_EQ(repeated_after(status, 1), second) << status;
    EXPECT_FALSE(repeated_after(status, 2)) << status;
  }
}

TEST(Repeat, IsOfNoOtherStatus) {
  for (int status = 0; status < 256; ++status) {
    const bool repeatable = status >= 0x60 && status <= 0x65 && status != 0x63;
    EXPECT_EQ(repeated_after(status, 0).has_value(), repeatable) << status;
  }
}

TEST(Repeat, OfACauseThatMayBeThisSimsAloneGoesOnceOverAnotherOne) {
  for (const int status : {0x40, 0x45}) {
    EXPECT_EQ(repeat_at({status, 0, noon, noon + 24h, true}), noon + 5s) << status;
    EXPECT_FALSE(repeat_at({status, 1, noon, noon + 24h, true})) << status;
    EXPECT_FALSE(repeat_at({status, 0, noon, noon + 24h, false})) << status;
    EXPECT_FALSE(repeat_at({status, 0, noon, noon + 5s, true})) << status;
  }
  EXPECT_FALSE(repeat_at({0x41, 0, noon, noon + 24h, true}));
}

TEST(Repeat, ComesBeforeTheMessagesOwnEndOrNotAtAll) {
  EXPECT_FALSE(repeat_at({0x60, 0, noon, noon + 1h}));
  EXPECT_TRUE(repeat_at({0x60, 0, noon, noon + 1h + 1ms}));
}

}  // namespace
}  // namespace burstd::message

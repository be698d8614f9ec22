#include "gateway/settlement.hpp"

#include "house.hpp"

namespace burstd::gateway::test {
namespace {

using message::State;
using namespace std::chrono_literals;

class SettlementTest : public House {
 protected:
  // One try of the first part, over at once.
  Outcome attempt(message::Key key, const modem::Verdict& verdict) {
    EXPECT_TRUE(apply(key, message::Event::dispatched).changed);
    store::Attempt attempt;
    attempt.message = key;
    attempt.modem = "modem1";
    attempt.sim = "sim-a";
    attempt.started_at = now;
    attempt.result = "open";
    return write([&](store::Transaction& transaction) -> base::Result<Outcome> {
      return settle(transaction, ledger, {store::insert_attempt(transaction, attempt), verdict, now});
    });
  }

  base::Time now = async::now().wall;
};

TEST_F(SettlementTest, ARefusalIsWaitedOutInItsOwnMannerAndGivenUpWithoutAPromise) {
  const auto key = accept(draft()).key;
  const modem::Refused refused{"+CMS ERROR: 127", base::Blame::transient,
                               "The other network gave no reason. Wait again.", false, base::Patience::twice};
  for (const auto pause : {30s, 120s}) {
    const auto outcome = attempt(key, refused);
    EXPECT_EQ(outcome.after.state, State::retrying);
    EXPECT_EQ(*outcome.after.error, refused.sentence);
    EXPECT_EQ(*outcome.after.next_attempt_at, now + pause);
    ASSERT_TRUE(outcome.again);
    EXPECT_EQ(outcome.again->ready_at, now + pause);
    EXPECT_EQ(outcome.again->avoid, "sim-a") << "another SIM, where there is one";
    EXPECT_TRUE(outcome.again->refused);
  }
  const auto last = attempt(key, refused);
  EXPECT_EQ(last.after.state, State::failed);
  EXPECT_EQ(*last.after.error, "The other network gave no reason. It was tried 3 times.");
  EXPECT_FALSE(last.again);
  EXPECT_EQ(*history(key).back().detail, refused.result + ": " + refused.sentence);
}

TEST_F(SettlementTest, WhatNeverLeftTheModemWasRefusedByNobody) {
  const auto outcome = attempt(accept(draft()).key, modem::NotSent{"no prompt"});
  ASSERT_TRUE(outcome.again);
  EXPECT_FALSE(outcome.again->refused);
}

TEST_F(SettlementTest, ARefusalThatCannotBeWaitedOutInTimeSaysThat) {
  auto hasty = draft();
  hasty.expires_at = now + 4min;
  const auto key = accept(hasty).key;
  const modem::Refused refused{"+CMS ERROR: 27", base::Blame::transient, "The phone cannot be reached right now.",
                               false, base::Patience::phone_away};
  const auto outcome = attempt(key, refused);
  EXPECT_EQ(outcome.after.state, State::failed);
  EXPECT_EQ(*outcome.after.error, "The phone cannot be reached right now. There was no time left for another try.");
}

TEST_F(SettlementTest, ADuplicateMayHaveBeenSentAndIsNeverSentAgain) {
  const auto key = accept(draft()).key;
  const modem::Refused duplicate{"+CMS ERROR: 197", base::Blame::unknown, "The message was already sent.", false};
  const auto outcome = attempt(key, duplicate);
  EXPECT_EQ(outcome.after.state, State::uncertain);
  EXPECT_FALSE(outcome.again);
}

}  // namespace
}  // namespace burstd::gateway::test

#include "message/fold.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace burstd::message {
namespace {

base::Time at(int seconds) { return base::from_millis(1'770'000'000'000 + seconds * 1000); }

Part part(int number, State state) {
  Part made;
  made.number = number;
  made.standing.state = state;
  const bool took = state == State::submitted || state == State::delivered || state == State::unconfirmed;
  if (took) made.sent_at = at(number);
  if (state == State::delivered) made.delivered_at = at(10 + number);
  return made;
}

std::vector<Part> parts(std::initializer_list<State> states) {
  std::vector<Part> made;
  int number = 0;
  for (const State state : states) made.push_back(part(++number, state));
  return made;
}

State folded(std::initializer_list<State> states) { return fold({}, parts(states), {}).state; }

TEST(Fold, OnePartIsTheMessage) {
  for (const State state : all_states) EXPECT_EQ(folded({state}), state) << to_string(state);
}

TEST(Fold, WorstFirst) {
  EXPECT_EQ(folded({State::delivered, State::failed, State::uncertain}), State::failed);
  EXPECT_EQ(folded({State::delivered, State::uncertain, State::queued}), State::uncertain);
  EXPECT_EQ(folded({State::delivered, State::submitted}), State::submitted);
  EXPECT_EQ(folded({State::delivered, State::unconfirmed}), State::unconfirmed);
  EXPECT_EQ(folded({State::delivered, State::delivered}), State::delivered);
}

TEST(Fold, AHalfSentMessageIsSendingBetweenItsParts) {
  EXPECT_EQ(folded({State::submitted, State::queued}), State::sending);
  EXPECT_EQ(folded({State::submitted, State::retrying}), State::sending);
  EXPECT_EQ(folded({State::queued, State::queued}), State::queued);
}

TEST(Fold, WaitsForTheLastWordsWhenAllOfItMayStillGoAgain) {
  const auto folded_with = [](State other) {
    auto made = parts({State::failed, other});
    made[0].standing.reported = true;
    made[0].sent_at = at(1);
    made[0].next_attempt_at = at(99);
    made[0].error = "The phone was busy.";
    return fold({}, made, {});
  };
  const auto waits = folded_with(State::submitted);
  EXPECT_EQ(waits.state, State::retrying);
  EXPECT_EQ(waits.status, Status::pending);
  EXPECT_EQ(waits.next_attempt_at, at(99));
  EXPECT_EQ(waits.error, "The phone was busy.");
  EXPECT_EQ(folded_with(State::sending).state, State::sending);
  for (const State state : {State::delivered, State::unconfirmed, State::uncertain, State::failed, State::expired})
    EXPECT_EQ(folded_with(state).state, State::failed) << to_string(state);
}

TEST(Fold, IsTotalAndNeverBetterThanItsWorstPart) {
  for (const State one : all_states) {
    for (const State two : all_states) {
      const auto whole = fold({}, parts({one, two}), {});
      const bool all_delivered = one == State::delivered && two == State::delivered;
      EXPECT_EQ(whole.state == State::failed, one == State::failed || two == State::failed);
      EXPECT_EQ(whole.state == State::delivered, all_delivered);
      EXPECT_EQ(whole.state, fold({}, parts({two, one}), {}).state);
    }
  }
}

// The order that clients were promised, worst first: failed, uncertain, waiting, unconfirmed, delivered.
int rank(State state) {
  switch (state) {
    case State::delivered:
      return 4;
    case State::unconfirmed:
      return 3;
    case State::queued:
    case State::sending:
    case State::retrying:
    case State::submitted:
      return 2;
    case State::uncertain:
      return 1;
    default:
      return 0;
  }
}

TEST(Fold, OfThreePartsTheWorstDecidesWhereverItStands) {
  for (const State one : all_states) {
    for (const State two : all_states) {
      for (const State three : all_states) {
        const State whole = folded({one, two, three});
        EXPECT_EQ(rank(whole), std::min({rank(one), rank(two), rank(three)}));
        EXPECT_EQ(whole, folded({three, one, two}));
        EXPECT_EQ(whole, folded({two, one, three}));
      }
    }
  }
}

TEST(Fold, SentAtIsThatOfTheLastPartAndOnlyWhenAllWereTaken) {
  EXPECT_EQ(fold({}, parts({State::submitted, State::submitted}), {}).sent_at, at(2));
  EXPECT_FALSE(fold({}, parts({State::submitted, State::queued}), {}).sent_at);
  EXPECT_EQ(fold({}, parts({State::delivered, State::delivered}), {}).delivered_at, at(12));
  EXPECT_FALSE(fold({}, parts({State::delivered, State::submitted}), {}).delivered_at);
}

TEST(Fold, AFailedPartOfALongMessageIsNamed) {
  auto three = parts({State::delivered, State::failed, State::submitted});
  three[1].error_code = "not-delivered";
  three[1].error = "Phone stayed off";
  const auto whole = fold({}, three, {});
  EXPECT_EQ(*whole.error, "Part 2 of 3 not delivered; the patient may have seen an incomplete text (Phone stayed off)");
  EXPECT_EQ(*whole.error_code, "not-delivered");
}

TEST(Fold, AMessageOfWhichNothingLeftGivesTheCauseItself) {
  auto two = parts({State::failed, State::failed});
  two[0].error_code = "refused", two[0].error = "This phone number does not exist.";
  two[1].error_code = "abandoned", two[1].error = "Not sent";
  EXPECT_EQ(*fold({}, two, {}).error, "This phone number does not exist.");
}

TEST(Fold, TheRestThatCameTooLateIsCounted) {
  auto three = parts({State::submitted, State::submitted, State::failed});
  three[2].error_code = "abandoned";
  EXPECT_EQ(*fold({}, three, {}).error, "2 of 3 parts left; the patient may have seen an incomplete text");
  three[1].standing.state = State::uncertain;
  EXPECT_EQ(*fold({}, three, {}).error, "2 of 3 parts may have left; the patient may have seen an incomplete text");
}

TEST(Fold, AnErrorGoesWhenItsCauseGoes) {
  auto one = parts({State::uncertain});
  one[0].error_code = "uncertain", one[0].error = "Not known";
  const auto doubtful = fold({}, one, {});
  EXPECT_EQ(*doubtful.error, "Not known");
  one[0].standing.state = State::delivered;
  const auto clear = fold(doubtful, one, {});
  EXPECT_FALSE(clear.error);
  EXPECT_FALSE(clear.error_code);
  EXPECT_EQ(*clear.confirmation, "report");
}

TEST(Fold, APersonsWordIsMarkedAsOneUntilAReportSpeaks) {
  auto two = parts({State::submitted, State::unconfirmed});
  two[1].sent_at.reset();
  two[1].error_code = said_sent;
  StatusRules strict;
  strict.unconfirmed_fails = true;
  EXPECT_EQ(fold({}, two, strict).status, Status::pending) << "the other part still waits for its report";
  two[0] = part(1, State::delivered);
  const auto said = fold({}, two, strict);
  EXPECT_EQ(said.state, State::unconfirmed);
  EXPECT_EQ(said.confirmation, "person");
  EXPECT_EQ(said.status, Status::sent) << "a person has said so";
  two[1].standing.reported = true;
  EXPECT_NE(fold(said, two, {}).confirmation, "person");
  two[1] = part(2, State::delivered);
  EXPECT_EQ(fold(said, two, {}).confirmation, "report");
}

}  // namespace
}  // namespace burstd::message

#include "gateway/repeat.hpp"

#include "house.hpp"

namespace burstd::gateway::test {
namespace {

using message::State;
using message::Status;
using namespace std::chrono_literals;

const std::string patient = "+41790000001";

class RepeatTest : public House {
 protected:
  RepeatTest() { start = async::now().wall; }

  message::Message message_of(const std::string& text = "Your appointment is at 9.") {
    auto made = draft(patient, text);
    made.expires_at = start + 24h;
    return accept(made);
  }

  // One part over a SIM, as long after the start as `after`.
  struct Hop {
    int part = 1;
    int reference = 1;
    base::Milliseconds after{};
    std::string sim = "sim-a";
    std::optional<modem::Verdict> verdict = {};  // nothing: accepted with the reference
  };
  std::int64_t begin(message::Key key, const Hop& hop) {
    return write([&](store::Transaction& transaction) -> base::Result<std::int64_t> {
      Step step;
      step.message = key;
      step.part = hop.part;
      step.event = message::Event::dispatched;
      step.at = start + hop.after;
      step.sim = hop.sim;
      if (parts_count(transaction, key) > 1)
        step.concat_reference = store::find_message(transaction, key)->progress.concat_reference.value_or(7);
      EXPECT_TRUE(ledger.apply(transaction, step).changed) << "part " << hop.part;
      store::Attempt attempt;
      attempt.message = key;
      attempt.part = hop.part;
      attempt.modem = "modem1";
      attempt.sim = hop.sim;
      attempt.started_at = step.at;
      attempt.result = "open";
      return store::insert_attempt(transaction, attempt);
    });
  }
  void end(std::int64_t attempt, const Hop& hop) {
    const modem::Verdict verdict = hop.verdict.value_or(modem::Accepted{hop.reference});
    write([&](store::Transaction& transaction) -> base::Result<Outcome> {
      return settle(transaction, ledger, {attempt, verdict, start + hop.after + 2s});
    });
  }
  void send(message::Key key, const Hop& hop) { end(begin(key, hop), hop); }

  // A report of what was handed over at `of`, that comes at `at` (both after the start).
  struct Word {
    int reference = 1;
    int status = 0;
    base::Milliseconds of{}, at{};
    std::string sim = "sim-a";
    std::vector<std::uint64_t> others = {};  // routes over every other SIM in service
  };
  Outcome come(const Word& word) {
    pdu::StatusReport made;
    made.message_reference = static_cast<std::uint8_t>(word.reference);
    made.recipient = pdu::number_address(patient).value();
    made.timestamp = pdu::timestamp_at(start + word.of + 2s);
    made.discharge = pdu::timestamp_at(start + word.at);
    made.status = static_cast<std::uint8_t>(word.status);
    const Arrival arrival{"modem1", word.sim, pdu::encode(made)->hex, start + word.at, word.others};
    return write([&](store::Transaction& transaction) -> base::Result<Outcome> {
      return observe(transaction, ledger, arrival);
    });
  }

  static std::size_t parts_count(store::Transaction& transaction, message::Key key) {
    return store::parts_of(transaction, key).size();
  }
  message::Progress now(message::Key key) { return record(key).progress; }

  base::Time start;
};

TEST_F(RepeatTest, APhoneThatWasOffIsTriedAgainInTwoHoursThenInSixAndNotAThirdTime) {
  const auto key = message_of().key;
  send(key, {});
  const auto outcome = come({1, 0x62, 0h, 1h});
  ASSERT_TRUE(outcome.again);
  EXPECT_EQ(outcome.again->ready_at, start + 3h);
  const auto waits = now(key);
  EXPECT_EQ(waits.state, State::retrying);
  EXPECT_EQ(waits.status, Status::pending);
  EXPECT_EQ(*waits.error, "Phone was off; we will send again.");
  EXPECT_EQ(*waits.next_attempt_at, start + 3h);
  EXPECT_FALSE(waits.sent_at) << "until the network has it again";
  EXPECT_EQ(history(key).back().event, "repeated");
  EXPECT_EQ(*history(key).back().detail,
            "TP-ST 98: no response from SME, stopped trying; sent again at " + base::to_rfc3339(start + 3h));

  send(key, {1, 2, 3h});
  EXPECT_EQ(now(key).state, State::submitted);
  come({2, 0x62, 3h, 4h});
  EXPECT_EQ(*now(key).next_attempt_at, start + 10h);
  send(key, {1, 3, 10h});
  EXPECT_FALSE(come({3, 0x62, 10h, 11h}).again);
  EXPECT_EQ(now(key).state, State::failed);
  EXPECT_EQ(now(key).error->find("again"), std::string::npos) << *now(key).error;
}

TEST_F(RepeatTest, WhatThisSimCannotDeliverGoesOnceOverAnotherOne) {
  for (const auto& [status, words] :
       {std::pair{0x40, "Could not be delivered over this SIM card; we will send again over another."},
        {0x45, "The two networks do not exchange SMS; we will send again over another."}}) {
    const auto key = message_of().key;
    send(key, {1, status});
    const auto outcome = come({status, status, 0h, 1h, "sim-a", {0}});
    ASSERT_TRUE(outcome.again) << status;
    EXPECT_EQ(outcome.again->avoid, "sim-a");
    EXPECT_EQ(outcome.again->ready_at, start + 1h + 5s);
    EXPECT_EQ(now(key).state, State::retrying);
    EXPECT_EQ(*now(key).error, words);
    send(key, {1, status + 1, 2h, "sim-b"});
    EXPECT_FALSE(come({status + 1, status, 2h, 3h, "sim-b", {0}}).again) << "once";
    EXPECT_EQ(now(key).state, State::failed);
    EXPECT_EQ(now(key).error->find("again"), std::string::npos) << *now(key).error;
  }
}

TEST_F(RepeatTest, WithoutAnotherSimOfItsRouteItHasFailed) {
  auto options = without_limits();
  options.routes = {{"+4179", {"modem1"}}};
  set(options);
  const auto alone = message_of().key, routed = message_of().key;
  send(alone, {1, 1});
  EXPECT_FALSE(come({1, 0x45, 0h, 1h}).again);
  EXPECT_EQ(now(alone).state, State::failed);
  EXPECT_EQ(*now(alone).error, "The two networks do not exchange SMS.");
  send(routed, {1, 2});
  EXPECT_FALSE(come({2, 0x40, 0h, 1h, "sim-a", {0}}).again) << "no route of the number leads over the other SIM";
  EXPECT_EQ(now(routed).state, State::failed);
}

TEST_F(RepeatTest, IsFreeToGoOverAnySim) {
  const auto key = message_of().key;
  send(key, {});
  EXPECT_EQ(now(key).sim, "sim-a");
  const auto outcome = come({1, 0x60, 0h, 1h});
  ASSERT_TRUE(outcome.again);
  EXPECT_FALSE(outcome.again->sim);
  EXPECT_FALSE(outcome.again->avoid);
  EXPECT_FALSE(now(key).sim);
}

TEST_F(RepeatTest, IsNotThereForWhatIsRefusedForGoodOrComesTooLate) {
  const auto refused = message_of().key;
  send(refused, {});
  EXPECT_FALSE(come({1, 0x63, 0h, 1h}).again);
  EXPECT_EQ(now(refused).state, State::failed);
  const auto late = message_of().key;
  send(late, {1, 2});
  EXPECT_FALSE(come({2, 0x62, 0h, 22h}).again);
  EXPECT_EQ(now(late).state, State::failed);
}

TEST_F(RepeatTest, RefusalsBeforeUseUpNoneOfTheRepeatsNorTheOtherWayRound) {
  const auto key = message_of().key;
  const modem::Refused busy{"+CMS ERROR: 42", base::Blame::transient, "Busy.", false};
  for (int tries = 0; tries < 4; ++tries) send(key, {1, 0, tries * 1min, "sim-a", busy});
  EXPECT_EQ(now(key).state, State::retrying);
  send(key, {1, 1, 1h});
  ASSERT_TRUE(come({1, 0x61, 1h, 2h}).again);
  EXPECT_EQ(*now(key).next_attempt_at, start + 3h);
  send(key, {1, 0, 3h, "sim-a", busy});
  EXPECT_EQ(now(key).state, State::retrying) << "its first refusal in this sending";
  EXPECT_EQ(*now(key).next_attempt_at, start + 3h + 2s + 30s);
}

TEST_F(RepeatTest, ALateDeliveryOfTheFirstSendingEndsIt) {
  const auto key = message_of().key;
  send(key, {});
  ASSERT_TRUE(come({1, 0x62, 0h, 1h}).again);
  const auto outcome = come({1, 0x00, 0h, 2h});
  EXPECT_TRUE(outcome.changed);
  EXPECT_FALSE(outcome.again);
  EXPECT_EQ(now(key).state, State::delivered);
  EXPECT_TRUE(now(key).sent_at);
}

TEST_F(RepeatTest, ALateDeliveryFindsTheFirstSendingWhileTheSecondIsOnTheAir) {
  const auto key = message_of().key;
  send(key, {1, 9});
  ASSERT_TRUE(come({9, 0x62, 0h, 1h}).again);
  const Hop second{1, 9, 3h};
  const auto attempt = begin(key, second);
  come({9, 0x00, 0h, 3h + 1s});
  EXPECT_EQ(now(key).state, State::delivered);
  end(attempt, second);
  EXPECT_EQ(now(key).state, State::delivered);
  const auto reports = read([&](const store::Connection& connection) { return store::reports_of(connection, key); });
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[1].attempt, attempts(key).at(0).key);
}

TEST_F(RepeatTest, ALateFailureOfTheFirstSendingSaysNothingOfTheSecond) {
  const auto key = message_of().key;
  send(key, {1, 9});
  ASSERT_TRUE(come({9, 0x62, 0h, 1h}).again);
  send(key, {1, 10, 3h});
  EXPECT_FALSE(come({9, 0x46, 0h, 4h}).changed);
  EXPECT_EQ(now(key).state, State::submitted);
  come({10, 0x00, 3h, 5h});
  EXPECT_EQ(now(key).state, State::delivered);
}

TEST_F(RepeatTest, AfterATryThatDidNotLeaveTheFirstSendingMayStillTurnOutDelivered) {
  const auto key = message_of().key;
  send(key, {});
  come({1, 0x62, 0h, 1h});
  send(key, {1, 0, 3h, "sim-a", modem::NotSent{"no prompt"}});
  EXPECT_EQ(now(key).state, State::queued);
  EXPECT_FALSE(come({1, 0x00, 0h, 4h}).again);
  EXPECT_EQ(now(key).state, State::delivered);
}

TEST_F(RepeatTest, WhatAPersonWasToldHasFailedIsNotTakenUpAgain) {
  const auto key = message_of().key;
  send(key, {});
  apply(key, message::Event::trying_ended);
  EXPECT_FALSE(come({1, 0x62, 0h, 1h}).again);
  EXPECT_EQ(now(key).state, State::failed);
}

class RepeatOfALongMessage : public RepeatTest {
 protected:
  RepeatOfALongMessage() : key(message_of(std::string(200, 'x')).key) {
    send(key, {1, 1});
    send(key, {2, 2, 3s});
  }

  message::Key key;
};

TEST_F(RepeatOfALongMessage, WaitsForTheLastWordOfEveryPartAndIsWhole) {
  const int reference = *now(key).concat_reference;
  EXPECT_FALSE(come({1, 0x60, 0h, 1h}).again);
  EXPECT_EQ(now(key).state, State::retrying);
  EXPECT_EQ(now(key).status, Status::pending) << "nobody is told to send it again while it may go by itself";
  EXPECT_EQ(*now(key).error, "The network was busy and has stopped trying.");
  const auto outcome = come({2, 0x62, 3s, 2h});
  ASSERT_TRUE(outcome.again);
  EXPECT_EQ(outcome.again->segments, 2);
  EXPECT_EQ(outcome.again->ready_at, start + 4h) << "the longer of the two";
  EXPECT_EQ(now(key).state, State::retrying);
  EXPECT_NE(*now(key).concat_reference, reference) << "a phone may hold parts of the first sending";
  for (const auto& part : parts(key)) EXPECT_EQ(part.standing.state, State::retrying);
}

TEST_F(RepeatOfALongMessage, FailsAsSoonAsTheLastWordOfAPartRulesItOut) {
  come({1, 0x62, 0h, 1h});
  EXPECT_EQ(now(key).status, Status::pending);
  come({2, 0x00, 3s, 2h});
  EXPECT_EQ(now(key).state, State::failed);
  EXPECT_NE(now(key).error->find("Part 1 of 2 not delivered"), std::string::npos) << *now(key).error;
  for (const auto& part : parts(key)) EXPECT_FALSE(part.next_attempt_at);
}

TEST_F(RepeatOfALongMessage, FailsWhenTheOtherPartGetsNoReport) {
  come({1, 0x62, 0h, 1h});
  apply(key, message::Event::window_ended, 2);
  EXPECT_EQ(now(key).state, State::failed);
}

TEST_F(RepeatOfALongMessage, FailsWhenTheLastWordComesTooLateForAnotherSending) {
  come({1, 0x62, 0h, 1h});
  EXPECT_FALSE(come({2, 0x60, 3s, 22h + 30min}).again) << "the first part would have to wait for longer";
  EXPECT_EQ(now(key).state, State::failed);
}

TEST_F(RepeatOfALongMessage, IsPendingAlsoWhileTheOtherPartIsOnTheAir) {
  const auto slow = message_of(std::string(200, 'y')).key;
  send(slow, {1, 11, 10s});
  const Hop second{2, 12, 13s};
  const auto attempt = begin(slow, second);
  come({11, 0x60, 10s, 20s});
  EXPECT_EQ(now(slow).state, State::sending);
  end(attempt, second);
  EXPECT_EQ(now(slow).state, State::retrying);
  EXPECT_TRUE(come({12, 0x60, 13s, 2h}).again);
}

TEST_F(RepeatOfALongMessage, IsNotThereWhenAPartWasDelivered) {
  come({1, 0x00, 0h, 1h});
  EXPECT_FALSE(come({2, 0x62, 3s, 2h}).again);
  EXPECT_EQ(now(key).state, State::failed);
  EXPECT_NE(now(key).error->find("Part 2 of 2 not delivered"), std::string::npos) << *now(key).error;
}

TEST_F(RepeatOfALongMessage, IsNotThereWhenAPartFailedForGood) {
  come({1, 0x43, 0h, 1h});
  EXPECT_FALSE(come({2, 0x62, 3s, 2h}).again);
  EXPECT_EQ(now(key).state, State::failed);
}

TEST_F(RepeatOfALongMessage, IsLeftWhenAPartOfTheFirstSendingArrivesAfterAll) {
  come({1, 0x62, 0h, 1h});
  ASSERT_TRUE(come({2, 0x62, 3s, 1h}).again);
  const auto outcome = come({1, 0x00, 0h, 2h});
  EXPECT_TRUE(outcome.changed);
  EXPECT_FALSE(outcome.again) << "a second part alone is no message";
  EXPECT_EQ(now(key).state, State::failed);
  EXPECT_NE(now(key).error->find("Part 2 of 2 not delivered"), std::string::npos) << *now(key).error;
  come({2, 0x00, 3s, 3h});
  EXPECT_EQ(now(key).state, State::delivered);
}

TEST_F(RepeatOfALongMessage, GoesOnWhenThePartThatArrivesWasSentAnewAlready) {
  come({1, 0x62, 0h, 1h});
  come({2, 0x62, 3s, 1h});
  send(key, {1, 3, 3h});
  const auto outcome = come({1, 0x00, 0h, 3h + 5s});
  ASSERT_TRUE(outcome.again);
  EXPECT_EQ(outcome.again->segments, 1);
  EXPECT_EQ(outcome.again->sim, "sim-a");
}

TEST_F(RepeatOfALongMessage, IsNotTakenForAHalfSentOneOfHoursAgo) {
  come({1, 0x62, 0h, 1h});
  come({2, 0x62, 3s, 1h});
  send(key, {1, 3, 3h});
  const auto stranded = [&](base::Milliseconds before) {
    return read(
        [&](const store::Connection& connection) { return store::stranded_messages(connection, start + before); });
  };
  EXPECT_TRUE(stranded(2h).empty());
  EXPECT_EQ(stranded(3h + 1s).size(), 1U);
}

TEST_F(RepeatTest, OfAMessageWhoseRestNeverLeftSendsAllOfIt) {
  const auto key = message_of(std::string(200, 'x')).key;
  send(key, {1, 1});
  const auto outcome = come({1, 0x62, 0h, 1h});
  ASSERT_TRUE(outcome.again);
  EXPECT_EQ(outcome.again->segments, 2);
  const auto delivered = come({1, 0x00, 0h, 2h});
  EXPECT_FALSE(delivered.again);
  EXPECT_EQ(now(key).state, State::failed);
}

}  // namespace
}  // namespace burstd::gateway::test

#include "house.hpp"

namespace burstd::gateway::test {
namespace {

using message::Event;
using message::State;
using message::Status;
using namespace std::chrono_literals;

class TimekeeperTest : public House {
 protected:
  // Somebody has listened all along on the SIMs that are listened to now.
  void pass(base::Milliseconds span, std::set<std::string> listening = {"sim-a"}) {
    for (const std::string& sim : listening) listened(sim, span);
    come_to(span, std::move(listening));
  }

  void listened(const std::string& sim, base::Milliseconds until) {
    write([&](store::Transaction& transaction) -> base::Result<bool> {
      store::note_listened(transaction, sim, async::now().wall + until);
      return true;
    });
  }

  void come_to(base::Milliseconds span, std::set<std::string> listening = {"sim-a"}) {
    Timekeeper timekeeper(ledger, *writer, *dispatcher, [&] { return listening; });
    run(timekeeper.round(async::now().wall + span));
  }

  message::Message submitted(std::optional<int> last_status = {}) {
    auto message = accept(draft());
    dispatcher->admit(job_of(message));
    Desk desk("sim-a");
    desk.script = {modem::Accepted{5}};
    serve(desk);
    if (last_status) arrive(report(5, "+41790000001", *last_status));
    return message;
  }
};

TEST_F(TimekeeperTest, WhatHasNotLeftExpires) {
  const auto message = accept(draft());
  dispatcher->admit(job_of(message));
  pass(23h);
  EXPECT_EQ(record(message.key).progress.state, State::queued);
  pass(25h);
  EXPECT_EQ(record(message.key).progress.state, State::expired);
  EXPECT_EQ(*record(message.key).progress.error, "Expired before sending");
  EXPECT_EQ(dispatcher->waiting(), 0U);
}

TEST_F(TimekeeperTest, NoReportUntilValidityAndAnHourIsUnconfirmedNotFailed) {
  const auto message = submitted();
  pass(24h);
  EXPECT_EQ(record(message.key).progress.state, State::submitted);
  pass(25h + 31min);
  const auto stored = record(message.key).progress;
  EXPECT_EQ(stored.state, State::unconfirmed);
  EXPECT_EQ(stored.status, Status::sent);
  EXPECT_EQ(*stored.error, "No delivery report");
  arrive(report(5, "+41790000001", 0));
  EXPECT_EQ(record(message.key).progress.state, State::delivered);
}

TEST_F(TimekeeperTest, StillTryingAsLastWordIsPhoneNotReached) {
  const auto message = submitted(0x22);
  pass(26h);
  EXPECT_EQ(record(message.key).progress.state, State::failed);
  EXPECT_EQ(*record(message.key).progress.error, "Phone not reached");
  arrive(report(5, "+41790000001", 0));
  EXPECT_EQ(record(message.key).progress.state, State::delivered);
}

TEST_F(TimekeeperTest, WindowsDoNotRunWhileNothingListensOnTheSim) {
  const auto message = submitted();
  pass(100h, {"sim-b"});
  EXPECT_EQ(record(message.key).progress.state, State::submitted);
}

TEST_F(TimekeeperTest, AWeekendSwitchedOffIsNoPartOfAWindow) {
  const auto message = submitted();
  listened("sim-a", 1h);
  come_to(60h);
  EXPECT_EQ(record(message.key).progress.state, State::submitted);
  pass(60h + 23h);
  EXPECT_EQ(record(message.key).progress.state, State::submitted);
  pass(60h + 26h);
  EXPECT_EQ(record(message.key).progress.state, State::unconfirmed);
}

TEST_F(TimekeeperTest, AReportThatStillTriesGivesADoubtItsWholeWindow) {
  const auto message = accept(draft());
  dispatcher->admit(job_of(message));
  Desk desk("sim-a");
  desk.script = {modem::Unknown{"unplugged"}};
  serve(desk);
  arrive(report(9, "+41790000001", 0x22));
  EXPECT_EQ(record(message.key).progress.state, State::submitted);
  pass(23h);
  EXPECT_EQ(record(message.key).progress.state, State::submitted);
  pass(26h);
  EXPECT_EQ(*record(message.key).progress.error, "Phone not reached");
}

TEST_F(TimekeeperTest, AnUncertainMessageIsShownAsFailedTenMinutesAfterReportsFlowAgain) {
  const auto message = accept(draft());
  dispatcher->admit(job_of(message));
  Desk desk("sim-a");
  desk.script = {modem::Unknown{"unplugged"}};
  serve(desk);
  pass(11min);
  EXPECT_EQ(record(message.key).progress.status, Status::pending);
  arrive(report(99, "+41790000042", 0));
  pass(11min);
  const auto stored = record(message.key).progress;
  EXPECT_EQ(stored.state, State::uncertain);
  EXPECT_EQ(stored.status, Status::failed);
  EXPECT_EQ(*stored.error, "Not known whether it arrived. Phone the patient rather than send again.");
  const auto changes = history(message.key);
  pass(12min);
  EXPECT_EQ(history(message.key).size(), changes.size());
}

TEST_F(TimekeeperTest, ADoubtThatNoReportEndsLastsTheValidityAndAnHour) {
  const auto message = accept(draft());
  dispatcher->admit(job_of(message));
  Desk desk("sim-a");
  desk.script = {modem::Unknown{"unplugged"}};
  serve(desk);
  pass(24h);  // TP-VP says 23 h 30 min: from 12 hours on it goes by half hours, and it never ends after the message
  EXPECT_EQ(record(message.key).progress.status, Status::pending) << "no report of anybody has come";
  const auto before = history(message.key).size();
  pass(25h + 31min);
  const auto stored = record(message.key).progress;
  EXPECT_EQ(stored.state, State::uncertain);
  EXPECT_EQ(stored.status, Status::failed);
  const auto changes = history(message.key);
  ASSERT_EQ(changes.size(), before + 1);
  EXPECT_EQ(changes.back().event, "window-ended") << "an event like any other";
  EXPECT_EQ(changes.back().seq, stored.change_seq);
  arrive(report(9, "+41790000001", 0));
  EXPECT_EQ(record(message.key).progress.state, State::delivered) << "it yields to evidence at any time";
}

TEST_F(TimekeeperTest, TheRestOfAHalfSentMessageIsGivenUpAfterTenMinutes) {
  const auto message = accept(draft("+41790000001", std::string(200, 'x')));
  dispatcher->admit(job_of(message));
  Desk desk("sim-a");
  desk.script = {modem::Accepted{1}};
  serve(desk);
  pass(9min);
  EXPECT_EQ(record(message.key).progress.state, State::sending);
  pass(11min);
  EXPECT_EQ(record(message.key).progress.state, State::failed);
  EXPECT_EQ(*record(message.key).progress.error, "1 of 2 parts left; the patient may have seen an incomplete text");
  EXPECT_EQ(dispatcher->waiting(), 0U);
}

class RecoveryTest : public House {};

TEST_F(RecoveryTest, WhatWasOnTheAirIsUncertainAndWhatWaitedWaits) {
  const auto waiting = accept(draft("+41790000001"));
  const auto flying = accept(draft("+41790000002"));
  write([&](store::Transaction& transaction) -> base::Result<std::int64_t> {
    Step step;
    step.message = flying.key;
    step.at = async::now().wall;
    step.sim = "sim-a";
    ledger.apply(transaction, step);
    store::Attempt attempt;
    attempt.message = flying.key;
    attempt.modem = "modem1";
    attempt.sim = "sim-a";
    attempt.started_at = step.at;
    attempt.result = "open";
    return store::insert_attempt(transaction, attempt);
  });
  close();
  open();
  Recovered recovered;
  const auto task = [&]() -> async::Task<> { recovered = co_await recover(ledger, *writer, *reader, *dispatcher); };
  run(task());
  EXPECT_EQ(recovered.interrupted, 1U);
  EXPECT_EQ(recovered.waiting, 1U);
  EXPECT_EQ(record(flying.key).progress.state, State::uncertain);
  Desk desk("sim-a");
  desk.script = {modem::Accepted{1}};
  serve(desk);
  ASSERT_EQ(desk.network.size(), 1U);
  EXPECT_EQ(pdu::to_text(desk.network[0].destination), waiting.number);
  EXPECT_EQ(record(flying.key).progress.state, State::uncertain);
}

}  // namespace
}  // namespace burstd::gateway::test

#include <thread>

#include "house.hpp"
#include "pdu/delivery_status.hpp"

namespace burstd::gateway::test {
namespace {

using message::State;
using message::Status;

class ObserverTest : public House {
 protected:
  message::Message sent(const std::string& number, modem::Verdict verdict) {
    auto message = accept(draft(number));
    dispatcher->admit(job_of(message));
    Desk desk("sim-a");
    desk.script = {std::move(verdict)};
    serve(desk);
    return message;
  }
  std::int64_t open_attempt(message::Key key, base::Milliseconds ago = {}) {
    store::Attempt attempt;
    attempt.message = key;
    attempt.modem = "modem1";
    attempt.sim = "sim-a";
    attempt.started_at = async::now().wall - ago;
    attempt.result = "open";
    return write([&](store::Transaction& transaction) -> base::Result<std::int64_t> {
      return store::insert_attempt(transaction, attempt);
    });
  }
  void end(std::int64_t attempt, const modem::Verdict& verdict) {
    write([&](store::Transaction& transaction) -> base::Result<Outcome> {
      return settle(transaction, ledger, {attempt, verdict, store::find_attempt(transaction, attempt)->started_at});
    });
  }
  message::Message sent(const std::string& number, int reference) { return sent(number, modem::Accepted{reference}); }
};

TEST_F(ObserverTest, AReportOfDeliveryEndsTheWaitSuccessfully) {
  const auto message = sent("+41790000001", 5);
  EXPECT_TRUE(arrive(report(5, "+41790000001", 0)).changed);
  const auto stored = record(message.key);
  EXPECT_EQ(stored.progress.state, State::delivered);
  EXPECT_EQ(stored.progress.status, Status::sent);
  EXPECT_TRUE(stored.progress.delivered_at);
}

TEST_F(ObserverTest, ANegativeReportFailsWithItsSentence) {
  const auto message = sent("+41790000001", 5);
  arrive(report(5, "+41790000001", 0x46));
  EXPECT_EQ(record(message.key).progress.state, State::failed);
  EXPECT_EQ(*record(message.key).progress.error, pdu::delivery_sentence(0x46));
}

TEST_F(ObserverTest, StillTryingKeepsItPendingAndALaterReportDecides) {
  const auto message = sent("+41790000001", 5);
  arrive(report(5, "+41790000001", 0x22));
  EXPECT_EQ(record(message.key).progress.state, State::submitted);
  arrive(report(5, "+41790000001", 0));
  EXPECT_EQ(record(message.key).progress.state, State::delivered);
}

TEST_F(ObserverTest, AReportOfDeliveryWinsOverAReportOfFailureThatCameBefore) {
  for (const int failure : {0x41, 0x46, 0x50}) {
    const auto number = "+417900000" + std::to_string(failure);
    const auto message = sent(number, failure);
    arrive(report(failure, number, failure));
    ASSERT_EQ(record(message.key).progress.state, State::failed) << failure;
    const auto outcome = arrive(report(failure, number, 0));
    EXPECT_TRUE(outcome.changed) << failure;
    EXPECT_FALSE(outcome.again) << failure;
    const auto now = record(message.key).progress;
    EXPECT_EQ(now.state, State::delivered) << failure;
    EXPECT_EQ(now.status, Status::sent);
    EXPECT_TRUE(now.delivered_at);
    EXPECT_FALSE(now.error) << *now.error;
    const auto changes = history(message.key);
    ASSERT_GE(changes.size(), 2U);
    EXPECT_EQ(changes.end()[-2].event, "report-failed");
    EXPECT_EQ(changes.back().event, "report-delivered");
    EXPECT_EQ(*changes.back().detail, "TP-ST 0");
    EXPECT_FALSE(arrive(report(failure, number, 0x46)).changed) << "what was delivered stays so";
  }
}

TEST_F(ObserverTest, AReportThatFitsNothingIsKeptAndChangesNothing) {
  const auto message = sent("+41790000001", 5);
  EXPECT_FALSE(arrive(report(6, "+41790000001", 0)).changed);
  EXPECT_FALSE(arrive(report(5, "+41790000099", 0)).changed);
  EXPECT_FALSE(arrive(report(5, "+41790000001", 0), "sim-b").changed);
  EXPECT_EQ(record(message.key).progress.state, State::submitted);
  const auto orphans =
      read([](const store::Connection& connection) { return store::orphan_reports(connection, "sim-a", 10); });
  EXPECT_EQ(orphans.size(), 2U);
}

TEST_F(ObserverTest, AReportThatCannotBeReadIsKeptAsItCame) {
  EXPECT_FALSE(arrive("0006FF").changed);
  const auto orphans =
      read([](const store::Connection& connection) { return store::orphan_reports(connection, "sim-a", 10); });
  ASSERT_EQ(orphans.size(), 1U);
  EXPECT_EQ(orphans[0].pdu, "0006FF");
}

TEST_F(ObserverTest, ARepeatedReportIsRecordedOnce) {
  const auto message = sent("+41790000001", 5);
  const auto pdu = report(5, "+41790000001", 0);
  arrive(pdu);
  EXPECT_FALSE(arrive(pdu).changed);
  const auto reports =
      read([&](const store::Connection& connection) { return store::reports_of(connection, message.key); });
  EXPECT_EQ(reports.size(), 1U);
}

TEST_F(ObserverTest, AReportBeforeItsVerdictIsAdopted) {
  const auto message = accept(draft());
  apply(message.key, message::Event::dispatched);
  const auto attempt = open_attempt(message.key);
  arrive(report(77, "+41790000001", 0));
  EXPECT_EQ(record(message.key).progress.state, State::sending);
  end(attempt, modem::Accepted{77});
  EXPECT_EQ(record(message.key).progress.state, State::delivered);
}

TEST_F(ObserverTest, AnUncertainMessageYieldsToItsReport) {
  const auto message = sent("+41790000001", modem::Unknown{"the port went away"});
  EXPECT_EQ(record(message.key).progress.state, State::uncertain);
  EXPECT_TRUE(arrive(report(200, "+41790000001", 0)).changed);
  EXPECT_EQ(record(message.key).progress.state, State::delivered);
}

TEST_F(ObserverTest, ALateVerdictSettlesTheAttempt) {
  const auto message = sent("+41790000001", modem::Unknown{"time-out"});
  const auto tries = attempts(message.key);
  end(tries.at(0).key, modem::Accepted{8});
  EXPECT_EQ(record(message.key).progress.state, State::submitted);
  arrive(report(8, "+41790000001", 0));
  EXPECT_EQ(record(message.key).progress.state, State::delivered);
}

TEST_F(ObserverTest, AnEarlyReportIsAdoptedAlsoWhenNoVerdictEverComes) {
  const auto message = accept(draft());
  apply(message.key, message::Event::dispatched);
  const auto attempt = open_attempt(message.key);
  arrive(report(77, "+41790000001", 0));
  EXPECT_EQ(record(message.key).progress.state, State::sending);
  end(attempt, modem::Unknown{"killed"});
  EXPECT_EQ(record(message.key).progress.state, State::delivered);
}

TEST_F(ObserverTest, AReportThatOvertakesItsVerdictLeavesTimesInOrder) {
  const auto message = accept(draft());
  apply(message.key, message::Event::dispatched);
  const auto attempt = open_attempt(message.key);
  arrive(report(77, "+41790000001", 0));
  write([&](store::Transaction& transaction) -> base::Result<Outcome> {
    return settle(transaction, ledger,
                  {attempt, modem::Unknown{"silence"}, async::now().wall + std::chrono::minutes{3}});
  });
  const auto stored = record(message.key).progress;
  EXPECT_EQ(stored.state, State::delivered);
  EXPECT_LT(*stored.sent_at, async::now().wall + std::chrono::minutes{1}) << "not when the wait for a verdict ended";
  const auto changes = history(message.key);
  for (std::size_t at = 1; at < changes.size(); ++at) EXPECT_LE(changes[at - 1].at, changes[at].at);
}

TEST_F(ObserverTest, AReportThatComesAgainLaterLeavesAnOlderMessageAlone) {
  const auto old = accept(draft());
  apply(old.key, message::Event::dispatched);
  end(open_attempt(old.key, std::chrono::hours{2}), modem::Accepted{7});
  const auto young = sent("+41790000001", 7);
  const auto pdu = report(7, "+41790000001", 0);
  arrive(pdu);
  arrive(pdu);
  EXPECT_EQ(record(young.key).progress.state, State::delivered);
  EXPECT_EQ(record(old.key).progress.state, State::submitted);
}

TEST_F(ObserverTest, AModemThatSaidErrorAndSentAllTheSameIsBelievedTheReport) {
  const auto message = sent("+41790000001", modem::Refused{"+CMS ERROR: 42", base::Blame::transient, "Busy.", false});
  EXPECT_EQ(record(message.key).progress.state, State::retrying);
  EXPECT_TRUE(arrive(report(3, "+41790000001", 0)).changed);
  EXPECT_EQ(record(message.key).progress.state, State::delivered);
  EXPECT_TRUE(record(message.key).progress.sent_at);
}

TEST_F(ObserverTest, AFinalReportAfterPhoneNotReachedGivesItsOwnSentence) {
  const auto message = sent("+41790000001", 5);
  apply(message.key, message::Event::trying_ended);
  arrive(report(5, "+41790000001", 0x46));
  EXPECT_EQ(*record(message.key).progress.error, pdu::delivery_sentence(0x46));
}

TEST_F(ObserverTest, APduThatIsNoReportDoesNotShortenTheDoubt) {
  const auto message = sent("+41790000001", modem::Unknown{"unplugged"});
  const auto before = parts(message.key).at(0).window_ends_at;
  arrive("07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07");
  EXPECT_EQ(parts(message.key).at(0).window_ends_at, before);
}

TEST_F(ObserverTest, ReferencesThatWrapFindTheOpenMessage) {
  const auto first = sent("+41790000001", 5);
  arrive(report(5, "+41790000001", 0));
  const auto second = sent("+41790000001", 5);
  std::this_thread::sleep_for(std::chrono::milliseconds{1100});  // TP-SCTS has seconds
  arrive(report(5, "+41790000001", 0x41));
  EXPECT_EQ(record(first.key).progress.state, State::delivered);
  EXPECT_EQ(record(second.key).progress.state, State::failed);
}

}  // namespace
}  // namespace burstd::gateway::test

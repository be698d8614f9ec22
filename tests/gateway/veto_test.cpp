#include "gateway/veto.hpp"

#include "gateway/doubt.hpp"
#include "house.hpp"
#include "store/batches.hpp"

namespace burstd::gateway::test {
namespace {

using message::Event;
using message::State;
using message::Status;
using namespace std::chrono_literals;

const modem::Refused busy{"+CMS ERROR: 42", base::Blame::transient, "The network is very busy.", false};
const modem::Refused no_service{"+CMS ERROR: 331", base::Blame::transient, "The modem has no network.", true};

class VetoTest : public House {
 protected:
  VetoTest() { set(resending()); }

  static Options resending() {
    Options options = without_limits();
    options.resend_doubtful = {"reminder"};
    return options;
  }

  std::int64_t on_air(message::Key key, int part = 1) {
    EXPECT_TRUE(apply(key, Event::dispatched, part).changed);
    store::Attempt attempt;
    attempt.message = key;
    attempt.part = part;
    attempt.modem = "modem1";
    attempt.sim = "sim-a";
    attempt.started_at = async::now().wall;
    attempt.result = "open";
    return write([&](store::Transaction& transaction) -> base::Result<std::int64_t> {
      return store::insert_attempt(transaction, attempt);
    });
  }

  Outcome end(std::int64_t attempt, const modem::Verdict& verdict) {
    return write([&](store::Transaction& transaction) -> base::Result<Outcome> {
      return settle(transaction, ledger, {attempt, verdict, async::now().wall});
    });
  }

  message::Key uncertain(message::Message made) {
    const auto key = accept(std::move(made)).key;
    end(on_air(key), modem::Unknown{"unplugged"});
    EXPECT_EQ(now(key).state, State::uncertain);
    return key;
  }

  void resend(message::Key key) {
    auto again = draft("+41790000077");
    again.retry_of = record(key).message.id;
    accept(again);
  }

  std::vector<Outcome> repeat_doubts() {
    return write([&](store::Transaction& transaction) -> base::Result<std::vector<Outcome>> {
      return repeat_doubtful(transaction, ledger, async::now().wall + 1h, {});
    });
  }

  // What the plan has, whatever the record says of it.
  std::size_t serve_what_is(std::vector<message::Job> jobs, std::deque<modem::Verdict> script = {}) {
    for (auto& job : jobs) dispatcher->admit(std::move(job));
    Desk desk("sim-a");
    desk.script = std::move(script);
    const auto serving = [&]() -> async::Task<> {
      async::Scope scope(co_await async::this_executor());
      const std::string modem = "modem1";
      scope.spawn(dispatcher->serve(modem, desk));
      co_await async::sleep_for(200ms);
      dispatcher->stop();
      co_await scope.join();
    };
    run(serving());
    return desk.network.size();
  }

  message::Progress now(message::Key key) { return record(key).progress; }
};

TEST_F(VetoTest, WhatWasSentAgainIsNotRepeatedAfterAReport) {
  const auto key = uncertain(draft());
  resend(key);
  const Outcome outcome = arrive(report(9, "+41790000001", 0x62));
  EXPECT_TRUE(outcome.changed);
  EXPECT_FALSE(outcome.again);
  EXPECT_EQ(now(key).state, State::failed);
  EXPECT_FALSE(parts(key).at(0).next_attempt_at);
}

TEST_F(VetoTest, WhatWasSentAgainIsNotTriedAgainAfterALateVerdict) {
  for (const modem::Verdict& verdict : {modem::Verdict{busy}, modem::Verdict{modem::NotSent{"no prompt"}}}) {
    const auto key = uncertain(draft());
    resend(key);
    const Outcome outcome = end(attempts(key).at(0).key, verdict);
    EXPECT_FALSE(outcome.again);
    EXPECT_EQ(outcome.after.state, State::failed);
    EXPECT_EQ(*now(key).error, "Not sent, because the message was sent again");
  }
}

TEST_F(VetoTest, EvidenceStillFindsWhatWasSentAgain) {
  const auto key = uncertain(draft());
  resend(key);
  end(attempts(key).at(0).key, modem::Accepted{9});
  EXPECT_EQ(now(key).state, State::submitted);
  arrive(report(9, "+41790000001", 0));
  EXPECT_EQ(now(key).state, State::delivered);
}

TEST_F(VetoTest, NoPolicyForDoubtSendsWhatWasSentAgain) {
  const auto resent = uncertain(draft()), other = uncertain(draft("+41790000002"));
  resend(resent);
  EXPECT_EQ(repeat_doubts().size(), 1U);
  EXPECT_EQ(now(resent).state, State::uncertain);
  EXPECT_EQ(now(other).state, State::retrying);
}

TEST_F(VetoTest, NoAttemptBeginsOfWhatWasSentAgain) {
  const auto message = accept(draft());
  resend(message.key);
  EXPECT_EQ(serve_what_is({job_of(message)}), 0U);
  EXPECT_EQ(now(message.key).state, State::failed);
}

TEST_F(VetoTest, TheRestOfAMessageThatWasSentAgainDoesNotFollowAReportOfItsFirstPart) {
  const auto key = uncertain(draft("+41790000001", std::string(200, 'x')));
  resend(key);
  const Outcome outcome = end(attempts(key).at(0).key, modem::Accepted{9});
  EXPECT_FALSE(outcome.again);
  EXPECT_EQ(parts(key).at(1).standing.state, State::failed);
}

class CancelledBurstTest : public VetoTest {
 protected:
  CancelledBurstTest() {
    batch = write([](store::Transaction& transaction) -> base::Result<store::Batch> {
      store::Batch made;
      made.client = "test";
      made.category = "reminder";
      made.state = "queued";
      made.created_at = made.preview_until = async::now().wall;
      return store::insert_batch(transaction, made, {});
    });
  }

  message::Message of_burst(std::string number = "+41790000001", std::string text = "Your appointment is at 9.") {
    auto made = draft(std::move(number), std::move(text));
    made.batch = batch.key;
    made.batch_row = ++row;
    return made;
  }

  void cancel() {
    batch.state = "cancelled";
    write([&](store::Transaction& transaction) -> base::Result<bool> {
      store::save_batch(transaction, batch);
      return true;
    });
  }

  store::Batch batch;
  int row = 0;
};

TEST_F(CancelledBurstTest, WhatIsRefusedBeforeTheAirIsCancelled) {
  const auto refused = accept(of_burst()).key, withheld = accept(of_burst("+41790000002")).key;
  const auto first = on_air(refused), second = on_air(withheld);
  cancel();
  EXPECT_FALSE(end(first, no_service).again);
  EXPECT_FALSE(end(second, modem::NotSent{"no prompt"}).again);
  for (const auto key : {refused, withheld}) {
    EXPECT_EQ(now(key).state, State::cancelled);
    EXPECT_EQ(*now(key).error_code, "cancelled");
  }
}

TEST_F(CancelledBurstTest, WhatTheNetworkRefusedIsNotTriedAgainAndMayStillTurnOutDelivered) {
  const auto key = accept(of_burst()).key;
  const auto attempt = on_air(key);
  cancel();
  EXPECT_FALSE(end(attempt, busy).again);
  EXPECT_EQ(now(key).state, State::failed);
  EXPECT_EQ(*now(key).error, "Refused before, and not tried again, because its burst was cancelled");
  arrive(report(9, "+41790000001", 0));
  EXPECT_EQ(now(key).state, State::delivered);
}

TEST_F(CancelledBurstTest, WhatIsRefusedInAnyOtherBurstIsTriedAgain) {
  const auto key = accept(of_burst()).key;
  EXPECT_TRUE(end(on_air(key), busy).again);
  EXPECT_EQ(now(key).state, State::retrying);
}

TEST_F(CancelledBurstTest, WhatTheNetworkGaveUpIsNotRepeated) {
  const auto key = accept(of_burst()).key;
  end(on_air(key), modem::Accepted{9});
  cancel();
  EXPECT_FALSE(arrive(report(9, "+41790000001", 0x62)).again);
  EXPECT_EQ(now(key).state, State::failed);
}

TEST_F(CancelledBurstTest, WhatIsInDoubtIsNotRepeated) {
  const auto key = uncertain(of_burst());
  cancel();
  EXPECT_TRUE(repeat_doubts().empty());
  EXPECT_EQ(now(key).state, State::uncertain);
}

TEST_F(CancelledBurstTest, WhatWaitsToBeSentOnceMoreAfterADoubtIsInDoubtAgain) {
  const auto key = uncertain(of_burst());
  const auto outcomes = repeat_doubts();
  ASSERT_EQ(outcomes.size(), 1U);
  cancel();
  auto job = *outcomes.front().again;
  job.ready_at = async::now().wall;
  EXPECT_EQ(serve_what_is({job}), 0U);
  EXPECT_EQ(now(key).state, State::uncertain);
}

TEST_F(CancelledBurstTest, WhatTheNetworkHasAPartOfIsMadeWhole) {
  const auto key = accept(of_burst("+41790000001", std::string(200, 'x'))).key;
  const auto attempt = on_air(key);
  cancel();
  const Outcome outcome = end(attempt, modem::Accepted{9});
  ASSERT_TRUE(outcome.again);
  EXPECT_EQ(serve_what_is({*outcome.again}, {modem::Accepted{10}}), 1U);
  EXPECT_EQ(now(key).state, State::submitted);
}

TEST_F(CancelledBurstTest, OfWhatIsInDoubtTheRestDoesNotGo) {
  const auto key = accept(of_burst("+41790000001", std::string(200, 'x'))).key;
  const auto attempt = on_air(key);
  cancel();
  end(attempt, modem::Unknown{"unplugged"});
  EXPECT_EQ(parts(key).at(0).standing.state, State::uncertain);
  EXPECT_EQ(parts(key).at(1).standing.state, State::failed);
}

}  // namespace
}  // namespace burstd::gateway::test

#include "gateway/doubt.hpp"

#include <gmock/gmock.h>

#include "gateway/repeat.hpp"
#include "house.hpp"

namespace burstd::gateway::test {
namespace {

using message::Event;
using message::State;
using message::Status;
using namespace std::chrono_literals;

Options resending() {
  Options options = without_limits();
  options.resend_doubtful = {"result"};
  return options;
}

class DoubtTest : public House {
 protected:
  DoubtTest() { restart(); }

  // A second life of the gateway over the same record.
  void restart() {
    close();
    open();
    dispatcher = std::make_unique<Dispatcher>(resend, *writer, *reader, changed);
    timekeeper.emplace(resend, *writer, *dispatcher, [this] { return listening; });
    const auto task = [&]() -> async::Task<> { co_await recover(resend, *writer, *reader, *dispatcher); };
    run(task());
  }

  static message::Message result(std::string text = "Your result is here.") {
    message::Message made = draft("+41790000001", std::move(text));
    made.category = "result";
    return made;
  }

  void send(const message::Message& message, std::deque<modem::Verdict> verdicts, const std::string& sim = "sim-a") {
    dispatcher->admit(job_of(message));
    go_on(std::move(verdicts), sim);
  }

  void go_on(std::deque<modem::Verdict> verdicts, const std::string& sim = "sim-a") {
    Desk desk(sim);
    desk.script = std::move(verdicts);
    run(dispatcher->serve("modem-of-" + sim, desk));
    network.insert(network.end(), desk.network.begin(), desk.network.end());
    sims.insert(sims.end(), desk.network.size(), sim);
  }

  message::Message doubtful(std::string text = "Your result is here.") {
    auto message = accept(result(std::move(text)));
    send(message, {modem::Unknown{"unplugged"}});
    return message;
  }

  void pass(base::Milliseconds span) { run(timekeeper->round(async::now().wall + span)); }

  // The dispatcher goes by the true clock, so the past is moved: every doubt came up four minutes ago.
  void age() {
    write([&](store::Transaction& transaction) -> base::Result<bool> {
      for (store::Attempt attempt : store::attempts_of(transaction, 1)) {
        if (attempt.result != "unknown") continue;
        attempt.ended_at = async::now().wall - 4min;
        store::finish_attempt(transaction, attempt);
      }
      return true;
    });
  }

  // Somebody has listened all the time, and the time has come.
  void wait_for_the_policy() {
    age();
    pass(-4min);
    pass(0s);
  }

  std::size_t repeated(message::Key key) {
    const auto rows = history(key);
    return static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [](const auto& row) { return row.event == "repeated"; }));
  }

  State state(message::Key key) { return record(key).progress.state; }

  Ledger resend{resending()};
  std::set<std::string> listening{"sim-a"};
  std::optional<Timekeeper> timekeeper;
  std::vector<pdu::Submit> network;
  std::vector<std::string> sims;
};

TEST_F(DoubtTest, WhatIsInDoubtIsSentOnceMoreWhenItsCategoryWantsIt) {
  const auto message = doubtful();
  pass(-4min);
  pass(0s);
  pass(2min);
  EXPECT_EQ(state(message.key), State::uncertain) << "the doubt is young";
  EXPECT_EQ(dispatcher->waiting(), 0U);
  wait_for_the_policy();
  EXPECT_EQ(state(message.key), State::retrying);
  EXPECT_EQ(record(message.key).progress.status, Status::pending);
  EXPECT_EQ(history(message.key).back().detail, "what is in doubt is sent once more, by the policy for \"result\"");
  go_on({modem::Accepted{7}});
  EXPECT_EQ(network.size(), 2U);
  EXPECT_EQ(state(message.key), State::submitted);
}

TEST_F(DoubtTest, ACategoryWithoutAPolicyIsHeldAlsoWhenItIsUrgent) {
  auto urgent = draft();
  urgent.priority = message::Priority::urgent;
  const auto message = accept(urgent);
  send(message, {modem::Unknown{"unplugged"}});
  wait_for_the_policy();
  EXPECT_EQ(state(message.key), State::uncertain);
}

TEST_F(DoubtTest, TheSecondDoubtHoldsAlsoAfterARestart) {
  const auto message = doubtful();
  wait_for_the_policy();
  restart();
  EXPECT_EQ(dispatcher->waiting(), 1U) << "what waited to be sent once more waits";
  go_on({modem::Unknown{"unplugged again"}});
  EXPECT_EQ(state(message.key), State::uncertain);
  restart();
  wait_for_the_policy();
  pass(1h);
  EXPECT_EQ(state(message.key), State::uncertain);
  EXPECT_EQ(network.size(), 2U);
  EXPECT_EQ(repeated(message.key), 1U);
}

TEST_F(DoubtTest, AModemThatIsBackIsHeardOutFirst) {
  const auto message = doubtful();
  listening.clear();
  pass(2min);
  listening = {"sim-a"};
  pass(2min + 30s);
  pass(5min);
  EXPECT_EQ(state(message.key), State::uncertain);
  pass(6min);
  EXPECT_EQ(state(message.key), State::retrying);
}

TEST_F(DoubtTest, AModemThatStaysAwayIsNotWaitedForAndAnotherTakesASingleMessage) {
  const auto message = doubtful();
  listening = {"sim-b"};
  pass(1min);
  EXPECT_EQ(state(message.key), State::uncertain);
  age();
  pass(0s);
  go_on({modem::Accepted{1}}, "sim-b");
  EXPECT_EQ(sims, (std::vector<std::string>{"sim-a", "sim-b"}));
  EXPECT_EQ(state(message.key), State::submitted);
}

TEST_F(DoubtTest, APartOfALongMessageGoesOverTheSameSimWithTheSameReference) {
  const auto message = doubtful(std::string(200, 'x'));
  EXPECT_EQ(network.size(), 1U) << "an uncertain part stops the rest";
  wait_for_the_policy();
  EXPECT_EQ(record(message.key).progress.sim, "sim-a");
  restart();
  const auto waiting =
      read([](const store::Connection& connection) { return store::begun_messages(connection, 0, 10).jobs; });
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting[0].sim, "sim-a");
  go_on({modem::Accepted{1}, modem::Accepted{2}});
  ASSERT_EQ(network.size(), 3U);
  EXPECT_EQ(network[0].user_data, network[1].user_data);
  EXPECT_EQ(state(message.key), State::submitted);
}

TEST_F(DoubtTest, TheLastPartOfALongMessageIsRepeatedAlone) {
  const auto message = accept(result(std::string(200, 'x')));
  send(message, {modem::Accepted{1}, modem::Unknown{"unplugged"}});
  wait_for_the_policy();
  EXPECT_EQ(state(message.key), State::sending);
  go_on({modem::Accepted{2}});
  ASSERT_EQ(network.size(), 3U);
  EXPECT_EQ(network[1].user_data, network[2].user_data);
  EXPECT_EQ(state(message.key), State::submitted);
}

TEST_F(DoubtTest, TheLastPartIsNotSentAfterThePhoneHasGivenUp) {
  const auto message = accept(result(std::string(200, 'x')));
  send(message, {modem::Accepted{1}, modem::Unknown{"unplugged"}});
  pass(9min);
  pass(13min);
  EXPECT_EQ(state(message.key), State::uncertain);
  EXPECT_EQ(repeated(message.key), 0U);
}

TEST_F(DoubtTest, AReportOfTheFirstCopyEndsTheMatterWhileTheSecondWaits) {
  const auto message = doubtful();
  wait_for_the_policy();
  EXPECT_EQ(dispatcher->waiting(), 1U);
  const Outcome outcome = arrive(report(9, "+41790000001", 0));
  EXPECT_FALSE(outcome.again);
  EXPECT_EQ(state(message.key), State::delivered);
  send(accept(draft("+41790000002")), {modem::Accepted{1}});
  ASSERT_EQ(network.size(), 2U) << "also where the plan did not hear of it in time";
  EXPECT_EQ(pdu::to_text(network[1].destination), "+41790000002");
  EXPECT_EQ(state(message.key), State::delivered);
}

TEST_F(DoubtTest, ALateVerdictOfTheFirstCopyEndsTheMatter) {
  const auto message = doubtful();
  wait_for_the_policy();
  const Ending late{attempts(message.key).at(0).key, modem::Accepted{9}, async::now().wall};
  write([&](store::Transaction& transaction) -> base::Result<Outcome> { return settle(transaction, resend, late); });
  EXPECT_EQ(state(message.key), State::submitted);
}

TEST_F(DoubtTest, WhatIsOverdueIsNotSentOnceMore) {
  auto brief = result();
  brief.expires_at = async::now().wall + 2min;
  const auto message = accept(brief);
  send(message, {modem::Unknown{"unplugged"}});
  age();
  pass(-4min);
  pass(2min);
  EXPECT_EQ(state(message.key), State::uncertain);
}

TEST_F(DoubtTest, WhatCouldNotBeSentOnceMoreInTimeIsInDoubtAgainAndNotExpired) {
  const auto message = doubtful();
  wait_for_the_policy();
  pass(25h);
  EXPECT_EQ(state(message.key), State::uncertain);
  EXPECT_EQ(*record(message.key).progress.error,
            "Not known whether it arrived. Phone the patient rather than send again.");
  EXPECT_EQ(dispatcher->waiting(), 0U);
  EXPECT_TRUE(parts(message.key).at(0).window_ends_at);
  EXPECT_EQ(attempts(message.key).size(), 1U);
}

TEST_F(DoubtTest, ARestThatCameTooLateMayHaveLeft) {
  const auto message = accept(result(std::string(200, 'x')));
  send(message, {modem::Accepted{1}, modem::Unknown{"unplugged"}});
  wait_for_the_policy();
  pass(11min);
  EXPECT_EQ(state(message.key), State::uncertain);
  EXPECT_EQ(dispatcher->waiting(), 0U);
}

// A crash before the verdict of the first part was on record leaves two parts in doubt.
TEST_F(DoubtTest, ADeliveryOfOnePartLeavesTheOtherToBeSentOnceMore) {
  const auto message = accept(result(std::string(200, 'x')));
  for (const int part : {1, 2}) {
    write([&](store::Transaction& transaction) -> base::Result<std::int64_t> {
      Step step;
      step.message = message.key;
      step.part = part;
      step.at = async::now().wall;
      step.sim = "sim-a";
      resend.apply(transaction, step);
      store::Attempt attempt;
      attempt.message = message.key;
      attempt.part = part;
      attempt.modem = "modem1";
      attempt.sim = "sim-a";
      attempt.started_at = step.at;
      attempt.result = "open";
      return store::insert_attempt(transaction, attempt);
    });
  }
  restart();
  wait_for_the_policy();
  EXPECT_EQ(repeated(message.key), 2U);
  Step delivered;
  delivered.message = message.key;
  delivered.event = Event::report_delivered;
  delivered.at = async::now().wall;
  write([&](store::Transaction& transaction) -> base::Result<Outcome> {
    resend.apply(transaction, delivered);
    return leave_it(transaction, resend, delivered);
  });
  EXPECT_EQ(parts(message.key).at(0).standing.state, State::delivered);
  EXPECT_EQ(parts(message.key).at(1).standing.state, State::retrying);
  EXPECT_EQ(record(message.key).progress.sim, "sim-a");
}

}  // namespace
}  // namespace burstd::gateway::test

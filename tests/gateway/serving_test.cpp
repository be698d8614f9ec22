// Several serve loops beside each other, and what comes to a message from elsewhere while it is in flight.
#include "house.hpp"

namespace burstd::gateway::test {
namespace {

using message::State;
using namespace std::chrono_literals;

class ServingTest : public House {
 protected:
  static std::deque<modem::Verdict> accepting(int count) {
    std::deque<modem::Verdict> script;
    for (int reference = 1; reference <= count; ++reference) script.emplace_back(modem::Accepted{reference});
    return script;
  }

  async::Task<> for_a_while(std::vector<std::pair<std::string, Desk*>> desks, base::Milliseconds span) {
    async::Scope scope(loop.get_executor());
    for (const auto& [modem, desk] : desks) scope.spawn(dispatcher->serve(modem, *desk));
    co_await async::sleep_for(span);
    for (const auto& [modem, desk] : desks) desk->go_down();
    co_await scope.join();
  }
};

TEST_F(ServingTest, IdleModemsLetEachOtherSleep) {
  Desk one("sim-a"), other("sim-b"), third("sim-c");
  async::Scope scope(loop.get_executor());
  scope.spawn(for_a_while({{"modem1", &one}, {"modem2", &other}, {"modem3", &third}}, 200ms));
  loop.restart();
  EXPECT_LT(loop.run(), 500U) << "turns of the loop in a fifth of a second";
}

// Before each submission something happens elsewhere.
class SurprisedDesk : public Desk {
 public:
  using Desk::Desk;
  std::function<async::Task<>()> surprise;

  async::Task<> emptied() override {
    auto now = std::exchange(surprise, nullptr);
    if (now) co_await now();
  }
};

TEST_F(ServingTest, WhatIsAdmittedWhileItsMessageIsInFlightIsNotForgotten) {
  const auto lengthy = accept(draft("+41790000001", std::string(200, 'x')));
  ASSERT_EQ(lengthy.segments, 2);
  SurprisedDesk desk("sim-a");
  desk.script = accepting(5);
  desk.surprise = [&]() -> async::Task<> {  // the first part has left after all: its report is here
    auto unit = [&](store::Transaction& transaction) -> base::Result<Outcome> {
      Step step;
      step.message = lengthy.key;
      step.at = async::now().wall;
      step.sim = "sim-a";
      for (const auto event : {message::Event::dispatched, message::Event::lost, message::Event::report_delivered}) {
        step.event = event;
        const Outcome outcome = ledger.apply(transaction, step);
        if (event == message::Event::report_delivered) return outcome;
      }
      return Outcome{};
    };
    const auto outcome = co_await writer->run(unit);
    EXPECT_TRUE(outcome->again);
    dispatcher->admit(outcome->again);
  };
  dispatcher->admit(job_of(lengthy));
  run(for_a_while({{"modem1", &desk}}, 300ms));
  ASSERT_EQ(desk.network.size(), 1U) << "the second part goes, the first does not go twice";
  EXPECT_EQ(parts(lengthy.key)[1].standing.state, State::submitted);
}

// While a message is on the air something happens elsewhere.
class BusyDesk : public Desk {
 public:
  using Desk::Desk;
  std::function<async::Task<>()> meanwhile;

  async::Task<modem::Verdict> submit(const modem::Submission& submission) override {
    const bool may = co_await submission.permit.passed();
    if (!may) co_return modem::NotSent{"the permit was shut"};
    network.push_back(pdu::decode_submit(submission.pdu).value());
    submission.handed.open();
    co_await async::sleep_for(50ms);  // the next one is fetched
    auto now = std::exchange(meanwhile, nullptr);
    if (now) co_await now();
    modem::Verdict verdict = script.front();
    script.pop_front();
    co_return verdict;
  }

  std::vector<std::string> recipients() const {
    std::vector<std::string> numbers;
    for (const auto& submit : network) numbers.push_back(pdu::to_text(submit.destination));
    return numbers;
  }
};

message::Message urgent(message::Message draft) {
  draft.priority = message::Priority::urgent;
  return draft;
}

TEST_F(ServingTest, AnUrgentMessageOvertakesTheOneThatWasOnlyFetched) {
  const auto first = accept(draft("+41790000001")), fetched = accept(draft("+41790000002"));
  const auto third = accept(draft("+41790000003")), late = accept(urgent(draft("+41790000009")));
  BusyDesk desk("sim-a");
  desk.script = accepting(9);
  desk.meanwhile = [&]() -> async::Task<> {
    dispatcher->admit(job_of(late));
    co_return;
  };
  for (const auto& message : {first, fetched, third}) dispatcher->admit(job_of(message));
  run(for_a_while({{"modem1", &desk}}, 500ms));
  EXPECT_EQ(desk.recipients(), (std::vector<std::string>{first.number, late.number, fetched.number, third.number}));
  for (const auto& message : {first, fetched, third, late}) {
    EXPECT_EQ(attempts(message.key).size(), 1U);
    EXPECT_EQ(record(message.key).progress.state, State::submitted);
  }
}

TEST_F(ServingTest, AnUrgentMessageThatComesBeforeAnAttemptIsOnRecordGoesFirst) {
  const auto first = accept(draft("+41790000001")), late = accept(urgent(draft("+41790000009")));
  SurprisedDesk desk("sim-a");
  desk.script = accepting(9);
  desk.surprise = [&]() -> async::Task<> {
    dispatcher->admit(job_of(late));
    co_return;
  };
  dispatcher->admit(job_of(first));
  run(for_a_while({{"modem1", &desk}}, 300ms));
  ASSERT_EQ(desk.network.size(), 2U);
  EXPECT_EQ(pdu::to_text(desk.network[0].destination), late.number);
  EXPECT_EQ(attempts(first.key).size(), 1U);
  EXPECT_EQ(dispatcher->on_air(), 0U);
}

TEST_F(ServingTest, WhatWasBegunIsFinishedBeforeTheUrgent) {
  const auto lengthy = accept(draft("+41790000001", std::string(400, 'x')));
  const auto late = accept(urgent(draft("+41790000009")));
  BusyDesk desk("sim-a");
  desk.script = accepting(9);
  desk.meanwhile = [&]() -> async::Task<> {
    dispatcher->admit(job_of(late));
    co_return;
  };
  dispatcher->admit(job_of(lengthy));
  run(for_a_while({{"modem1", &desk}}, 500ms));
  const auto& number = lengthy.number;
  EXPECT_EQ(desk.recipients(), (std::vector<std::string>{number, number, number, late.number}));
}

TEST_F(ServingTest, InACongestedNetworkASimPausesAndAnotherGoesOn) {
  for (int n = 1; n <= 4; ++n) dispatcher->admit(job_of(accept(draft("+4179000000" + std::to_string(n)))));
  Desk one("sim-a"), other("sim-b");
  one.script = accepting(9);
  one.script.push_front(modem::Refused{"+CMS ERROR: 42", base::Blame::transient, "The network is very busy.", false,
                                       base::Patience::congested});
  other.script = accepting(9);
  run(for_a_while({{"modem1", &one}}, 150ms));
  EXPECT_EQ(one.network.size(), 1U);
  run(for_a_while({{"modem2", &other}}, 150ms));
  EXPECT_EQ(other.network.size(), 3U);
}

TEST_F(ServingTest, NobodyWaitsForTheSimThatARecipientKnowsWhenTheRouteLeadsElsewhere) {
  auto options = without_limits();
  options.routes = {{"+4179", {"modem1"}}};
  Desk before("sim-b");
  before.script = accepting(2);
  dispatcher->admit(job_of(accept(draft())));
  run(for_a_while({{"modem2", &before}}, 100ms));
  ASSERT_EQ(before.network.size(), 1U);
  set(options);
  Desk one("sim-a"), other("sim-b");
  one.script = other.script = accepting(3);
  dispatcher->admit(job_of(accept(draft())));
  run(for_a_while({{"modem1", &one}, {"modem2", &other}}, 200ms));
  EXPECT_EQ(one.network.size(), 1U);
}

}  // namespace
}  // namespace burstd::gateway::test

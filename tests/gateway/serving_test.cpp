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

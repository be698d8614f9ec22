// What a SIM may send, from the record and over restarts; hours; routes; the SIM that a recipient knows.
#include <gmock/gmock.h>

#include "gateway/activity.hpp"
#include "house.hpp"

namespace burstd::gateway::test {
namespace {

using message::State;
using namespace std::chrono_literals;

class LimitsTest : public House {
 protected:
  message::Message queue(message::Message draft) {
    auto message = accept(std::move(draft));
    dispatcher->admit(job_of(message));
    return message;
  }
  message::Message queue(int number) { return queue(draft("+4179000000" + std::to_string(number))); }

  static std::deque<modem::Verdict> accepting(int count) {
    std::deque<modem::Verdict> script;
    for (int reference = 1; reference <= count; ++reference) script.emplace_back(modem::Accepted{reference});
    return script;
  }

  Activity activity_with_ready(int count) {
    std::vector<modem::Status> modems(static_cast<std::size_t>(count));
    for (modem::Status& modem : modems) modem.state = modem::State::ready;
    const std::optional<store::Restoration> none;
    return activity_of(*dispatcher, modems, {none, writer->disk()});
  }

  // All of them at once, for so long; `look` is called before they go down.
  void serve_for(
      std::vector<std::pair<std::string, Desk*>> desks, base::Milliseconds span,
      const std::function<void()>& look = [] {}) {
    const auto all = [&]() -> async::Task<> {
      async::Scope scope(loop.get_executor());
      for (const auto& [modem, desk] : desks) scope.spawn(dispatcher->serve(modem, *desk));
      co_await async::sleep_for(span);
      look();
      for (const auto& [modem, desk] : desks) desk->go_down();
      co_await scope.join();
    };
    run(all());
  }

  // What passed Ctrl-Z before nothing more was tried for a while.
  std::size_t sent(const std::string& modem = "modem1", std::deque<modem::Verdict> script = accepting(50)) {
    Desk desk("sim-of-" + modem);
    desk.script = std::move(script);
    const auto all = [&]() -> async::Task<> {
      async::Scope scope(loop.get_executor());
      scope.spawn(dispatcher->serve(modem, desk));
      for (std::size_t before = desk.script.size() + 1; before != desk.script.size();) {
        before = desk.script.size();
        co_await async::sleep_for(150ms);
      }
      desk.go_down();
      co_await scope.join();
    };
    run(all());
    return desk.network.size();
  }
};

Options limited(message::Limits limits) {
  Options options = without_limits();
  options.limits = limits;
  return options;
}

message::Limits per_minute(int most) { return {most, 0, 0, 0, 0, 0ms}; }
message::Limits per_day(int most) { return {0, 0, most, 0, 0, 0ms}; }
message::Limits recipients(int most) { return {0, 0, 0, 0, most, 0ms}; }

TEST_F(LimitsTest, ASimWaitsForItsMinuteAndSaysSo) {
  set(limited(per_minute(2)));
  for (int n = 1; n <= 4; ++n) queue(n);
  Desk desk("sim-a");
  desk.script = accepting(9);
  std::optional<Dispatcher::Halt> halt;
  std::vector<message::Remainder> left;
  serve_for({{"modem1", &desk}}, 150ms, [&] {
    left = dispatcher->allowances().at("modem1").remainders;
    const auto halts = dispatcher->halts();
    if (halts.contains("modem1")) halt = halts.at("modem1");
  });
  EXPECT_EQ(desk.network.size(), 2U);
  ASSERT_TRUE(halt);
  EXPECT_EQ(halt->by, message::Limit::minute);
  EXPECT_LE(*halt->until, async::now().wall + 1min);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].left, 0);
  EXPECT_EQ(left[0].goes_on_at, halt->until);
  EXPECT_TRUE(dispatcher->allowances().empty()) << "out of service";
}

// As long as one SIM may send in a minute or an hour, not all is used up.
TEST_F(LimitsTest, OnlyWhenEverySimHasUsedUpMoreThanItsPaceIsNothingSent) {
  auto options = limited(per_day(1));
  options.limits_of["modem2"] = {1, 0, 0, 0, 0, 0ms};
  for (const bool paced : {true, false}) {
    if (!paced) options.limits_of.clear();
    set(options);
    for (int n = 1; n <= 6; ++n) queue(n);
    Desk one(paced ? "sim-a" : "sim-c"), other(paced ? "sim-b" : "sim-d");
    one.script = other.script = accepting(9);
    Activity activity;
    serve_for({{"modem1", &one}, {"modem2", &other}}, 200ms, [&] { activity = activity_with_ready(2); });
    EXPECT_EQ(activity.used_up, !paced);
    EXPECT_EQ(activity.sending, paced);
    EXPECT_THAT(
        activity.reason,
        testing::AllOf(testing::HasSubstr("The SIM of modem modem1 has used up its limit by the day. It goes on at "),
                       testing::HasSubstr(". The SIM of modem modem2 has used up its limit by the ")));
  }
}

TEST_F(LimitsTest, WhatWasSpentIsReadFromTheRecordAfterARestart) {
  set(limited(per_day(3)));
  for (int n = 1; n <= 5; ++n) queue(n);
  EXPECT_EQ(sent(), 3U);
  set(limited(per_day(3)));
  for (int n = 1; n <= 5; ++n) queue(n);
  EXPECT_EQ(sent(), 0U);
  EXPECT_EQ(sent("modem2"), 3U) << "the limits are those of the SIM";
}

TEST_F(LimitsTest, WhatIsProvenNotToHaveLeftIsGivenBack) {
  set(limited(per_day(1)));
  queue(1);
  auto script = accepting(3);
  script.push_front(modem::NotSent{"no prompt"});
  script.push_front(modem::NotSent{"no prompt"});
  EXPECT_EQ(sent("modem1", script), 3U) << "two that did not leave and one that did";
  queue(2);
  EXPECT_EQ(sent(), 0U);
}

TEST_F(LimitsTest, ALongMessageBeginsOnlyWhenThereIsRoomForAllOfIt) {
  set(limited(per_day(4)));
  queue(1), queue(2);
  EXPECT_EQ(sent(), 2U);
  const auto lengthy = queue(draft("+41790000003", std::string(400, 'x')));
  ASSERT_EQ(lengthy.segments, 3);
  EXPECT_EQ(sent(), 0U);
  EXPECT_EQ(record(lengthy.key).progress.state, State::queued);
  queue(4);
  EXPECT_EQ(sent(), 1U) << "a short one fits";
}

TEST_F(LimitsTest, OnlyNewRecipientsOfTheMonthAreCounted) {
  set(limited(recipients(1)));
  queue(1), queue(2), queue(1);
  EXPECT_EQ(sent(), 2U);
}

TEST_F(LimitsTest, AModemMayHaveItsOwnFigures) {
  auto options = limited(per_day(1));
  options.limits_of["modem2"].per_day = 0;
  set(options);
  for (int n = 1; n <= 4; ++n) queue(n);
  EXPECT_EQ(sent("modem1"), 1U);
  EXPECT_EQ(sent("modem2"), 3U);
}

TEST_F(LimitsTest, WhatOneSimMayNotSendAnotherTakes) {
  set(limited(per_day(2)));
  for (int n = 1; n <= 4; ++n) queue(n);
  Desk one("sim-a"), other("sim-b");
  one.script = other.script = accepting(9);
  serve_for({{"modem1", &one}, {"modem2", &other}}, 200ms);
  EXPECT_EQ(one.network.size(), 2U);
  EXPECT_EQ(other.network.size(), 2U);
}

TEST_F(LimitsTest, OutsideOfItsHoursACategoryStays) {
  auto options = without_limits();
  options.timezone = "UTC";
  const auto today = calendar::Zone("UTC").local(async::now().wall).weekday;
  const int tomorrow = today % 7 + 1;
  options.windows["reminder"] = {{tomorrow, tomorrow, 0, 1440}};
  set(options);
  const auto kept = queue(1);
  auto urgent = draft("+41790000002");
  urgent.priority = message::Priority::urgent;
  queue(urgent);
  auto direct = draft("+41790000003");
  direct.category = "direct";
  queue(direct);
  EXPECT_EQ(sent(), 2U);
  EXPECT_EQ(record(kept.key).progress.state, State::queued);
  const base::Time now = async::now().wall;
  EXPECT_TRUE(dispatcher->closed(now).contains("reminder"));
  EXPECT_EQ(dispatcher->hours().opening("reminder", now), calendar::Zone("UTC").next_day(now));
  const base::Time open = now + 24h;
  EXPECT_EQ(dispatcher->hours().opening("reminder", open), open);
  EXPECT_EQ(dispatcher->hours().opening("direct", now), now) << "it has no hours";
}

TEST_F(LimitsTest, ARouteIsKeptEvenIfItsModemIsAway) {
  auto options = without_limits();
  options.routes = {{"+4178", {"modem2"}}};
  set(options);
  queue(draft("+41780000001"));
  queue(1);
  EXPECT_EQ(sent("modem1"), 1U);
  EXPECT_EQ(sent("modem2"), 1U);
}

TEST_F(LimitsTest, ARecipientKeepsTheSimOfTheLastMessage) {
  set(without_limits());
  queue(1);
  EXPECT_EQ(sent("modem2"), 1U);
  Desk one("sim-of-modem1"), other("sim-of-modem2");
  one.script = other.script = accepting(9);
  const std::array waiting{accept(draft()), accept(draft()), accept(draft())};
  const auto later = [&]() -> async::Task<> {
    co_await async::sleep_for(50ms);
    for (const auto& message : waiting) dispatcher->admit(job_of(message));
  };
  async::Scope scope(loop.get_executor());
  scope.spawn(later());
  serve_for({{"modem1", &one}, {"modem2", &other}}, 300ms);
  EXPECT_EQ(one.network.size(), 0U);
  EXPECT_EQ(other.network.size(), 3U);
  queue(1);
  EXPECT_EQ(sent("modem1"), 1U) << "nobody waits for a SIM that is not there";
}

// Hands nothing back before it is told to.
class SilentDesk : public Desk {
 public:
  using Desk::Desk;
  async::Task<modem::Verdict> submit(const modem::Submission& submission) override {
    co_await submission.permit.passed();
    submission.handed.open();
    ++submissions;
    while (up()) co_await changed().wait();
    co_return modem::Unknown{"no verdict"};
  }
  int submissions = 0;
};

TEST_F(LimitsTest, WhatABusyModemHasFetchedGoesOverAnIdleOne) {
  for (int n = 1; n <= 3; ++n) queue(n);
  SilentDesk silent("sim-a");
  Desk other("sim-b");
  other.script = accepting(9);
  serve_for({{"modem1", &silent}, {"modem2", &other}}, 300ms);
  EXPECT_EQ(silent.submissions, 1);
  EXPECT_EQ(other.network.size(), 2U);
}

TEST_F(LimitsTest, TwoOpenMessagesToOneNumberNeverShareAReference) {
  queue(1);
  EXPECT_EQ(sent("modem1", {modem::Accepted{10}, modem::Accepted{0}}), 1U);
  queue(2);
  EXPECT_EQ(sent("modem1", {modem::Accepted{9}, modem::Accepted{0}}), 1U) << "the next one would be 10 again";
  queue(1), queue(3);
  Desk desk("sim-of-modem1");
  desk.script = accepting(9);
  serve_for({{"modem1", &desk}}, 150ms);
  ASSERT_GE(desk.network.size(), 1U);
  EXPECT_EQ(pdu::to_text(desk.network[0].destination), "+41790000003");
}

}  // namespace
}  // namespace burstd::gateway::test

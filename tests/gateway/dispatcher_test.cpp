#include "house.hpp"

namespace burstd::gateway::test {
namespace {

using message::State;
using message::Status;
using namespace std::chrono_literals;

class DispatcherTest : public House {
 protected:
  message::Message queue(message::Message draft) {
    auto message = accept(std::move(draft));
    dispatcher->admit(job_of(message));
    return message;
  }

  // So many pages may the record have: 1 is a full disk, once what is left of the present ones is used up.
  void pages(int most) {
    write([&](store::Transaction& transaction) -> base::Result<bool> {
      transaction.run("PRAGMA max_page_count = " + std::to_string(most));
      return true;
    });
  }
  void fill_up() {
    pages(1);
    bool room = true;
    const auto filling = [&]() -> async::Task<> {
      auto unit = [](store::Transaction& transaction) -> base::Result<bool> {
        store::Change change;
        change.kind = "gateway";
        change.event = "filler";
        store::append_history(transaction, change);
        return true;
      };
      while (room) room = (co_await writer->run(unit)).has_value();
    };
    run(filling());
  }

  // The modem goes after `span`; `look` is called just before.
  void serve_for(
      Desk& desk, base::Milliseconds span, const std::function<void()>& look = [] {}) {
    const auto both = [&]() -> async::Task<> {
      async::Scope scope(loop.get_executor());
      const auto leave = [&]() -> async::Task<> {
        co_await async::sleep_for(span);
        look();
        desk.go_down();
      };
      scope.spawn(leave());
      co_await dispatcher->serve("modem1", desk);
      co_await scope.join();
    };
    run(both());
  }

  static modem::Verdict accepted(int reference) { return modem::Accepted{reference}; }
  static modem::Verdict refused(base::Blame blame, bool before_air = false) {
    return modem::Refused{"+CMS ERROR: 1", blame, "This phone number does not exist.", before_air};
  }
};

TEST_F(DispatcherTest, AQueuedMessageReachesTheNetworkOnceWithAReportAskedFor) {
  const auto message = queue(draft());
  Desk desk("sim-a");
  desk.script = {accepted(7)};
  serve(desk);
  ASSERT_EQ(desk.network.size(), 1U);
  EXPECT_TRUE(desk.network[0].status_report);
  EXPECT_EQ(pdu::to_text(desk.network[0].destination), "+41790000001");
  EXPECT_EQ(pdu::text(desk.network[0].user_data), message.text);
  const auto stored = record(message.key);
  EXPECT_EQ(stored.progress.state, State::submitted);
  EXPECT_TRUE(stored.progress.sent_at);
  const auto tries = attempts(message.key);
  ASSERT_EQ(tries.size(), 1U);
  EXPECT_EQ(tries[0].reference, 7);
  EXPECT_EQ(tries[0].result, "accepted");
}

TEST_F(DispatcherTest, AFullDiskPostponesAndLosesNothing) {
  const auto message = queue(draft());
  fill_up();
  Desk desk("sim-a");
  desk.script = {accepted(7)};
  serve_for(desk, 50ms);
  EXPECT_TRUE(desk.network.empty());
  EXPECT_EQ(dispatcher->waiting(), 1U);
  pages(1'000'000);
  Desk roomy("sim-a");
  roomy.script = {accepted(7)};
  serve(roomy);
  EXPECT_EQ(record(message.key).progress.state, State::submitted);
}

// The plan and the record disagree, as for what a modem had fetched before its hours or its time were over.
TEST_F(DispatcherTest, WhatWasFetchedInTimeAndIsNotAnyMoreGoesBackIntoThePlan) {
  Options options = without_limits();
  options.windows["reminder"] = {{1, 7, 0, 0}};  // never
  set(options);
  auto shut = draft("+41790000001"), urgent = draft("+41790000002"), over = draft("+41790000003");
  urgent.priority = message::Priority::urgent;
  over.category = "direct";
  over.expires_at = over.created_at - 1s;
  std::vector<message::Key> keys;
  for (auto& made : {shut, urgent, over}) {
    const auto message = accept(made);
    keys.push_back(message.key);
    auto job = job_of(message);
    job.category = "direct";
    job.expires_at = message.created_at + 1h;
    dispatcher->admit(job);
  }
  Desk desk("sim-a");
  desk.script = {accepted(7), accepted(8)};
  serve_for(desk, 100ms);
  ASSERT_EQ(desk.network.size(), 1U);
  EXPECT_EQ(pdu::to_text(desk.network[0].destination), "+41790000002") << "urgent ones go at any hour";
  for (const auto key : {keys.at(0), keys.at(2)}) {
    EXPECT_EQ(record(key).progress.state, State::queued);
    EXPECT_TRUE(attempts(key).empty());
  }
  EXPECT_EQ(dispatcher->waiting(), 2U);
}

TEST_F(DispatcherTest, ASimThatIsRefusedForTwoMessagesRestsInsteadOfBurningTheQueue) {
  for (int n = 1; n <= 4; ++n) queue(draft("+4179000000" + std::to_string(n)));
  Desk desk("sim-a");
  desk.script = {refused(base::Blame::sim), refused(base::Blame::sim), accepted(1), accepted(2)};
  bool rested = false;
  serve_for(desk, 100ms, [&] { rested = dispatcher->rests().contains("modem1"); });
  EXPECT_TRUE(rested);
  EXPECT_EQ(desk.network.size(), 2U);
  EXPECT_TRUE(dispatcher->rests().empty()) << "a modem that is gone does not rest";
}

TEST_F(DispatcherTest, AnAttemptThatNeverBeganCountsForNothing) {
  const auto message = queue(draft());
  Desk desk("sim-a");
  desk.script = {modem::NotSent{"no prompt"}, modem::NotSent{"no prompt"}, refused(base::Blame::transient)};
  serve(desk);
  EXPECT_EQ(parts(message.key).at(0).tries, 1);
  EXPECT_EQ(record(message.key).progress.state, State::retrying);
}

TEST_F(DispatcherTest, TheServiceCentreNeverTriesLongerThanTheMessageIsOfUse) {
  for (const auto& [life, validity] : {std::pair{3min, 5min}, {90min, 90min}, {25h + 10min, 24h}, {49h, 48h}}) {
    auto made = draft();
    made.expires_at = made.created_at + life + 30s;
    const auto message = queue(made);
    Desk desk("sim-a");
    desk.script = {accepted(1)};
    serve(desk);
    EXPECT_EQ(pdu::duration(*desk.network.at(0).validity), validity);
    EXPECT_EQ(attempts(message.key).at(0).validity_minutes, validity.count());
  }
}

TEST_F(DispatcherTest, WhatWasAcceptedInANationalAlphabetGoesOutInIt) {
  const std::string text =
      "Randevunuz yarın saat dokuzda, lütfen sağlık kartınızı getiriniz, teşekkürler ve iyi günler.";
  const auto cut = pdu::segment(text, {{pdu::Language::turkish}});
  ASSERT_EQ(cut->segments.size(), 1U);
  ASSERT_GT(pdu::segment(text)->segments.size(), 1U);
  auto made = draft("+41790000001", text);
  made.segments = 1;
  queue(made);
  Desk desk("sim-a");
  desk.script = {accepted(1)};
  serve(desk);
  ASSERT_EQ(desk.network.size(), 1U);
  EXPECT_EQ(pdu::text(desk.network[0].user_data), text);
}

TEST_F(DispatcherTest, WhatCannotBeCutAsItWasAcceptedFailsWithoutHoldingUpTheNext) {
  auto made = draft();
  made.segments = 3;
  const auto broken = queue(made);
  const auto next = queue(draft("+41790000002"));
  Desk desk("sim-a");
  desk.script = {accepted(1)};
  serve(desk);
  EXPECT_EQ(record(broken.key).progress.state, State::failed);
  EXPECT_EQ(record(next.key).progress.state, State::submitted);
}

TEST_F(DispatcherTest, ThePartsOfALongMessageGoBackToBackWithOneReference) {
  const auto message = queue(draft("+41790000001", std::string(400, 'x')));
  queue(draft("+41790000002"));
  Desk desk("sim-a");
  desk.script = {accepted(1), accepted(2), accepted(3), accepted(4)};
  serve(desk);
  ASSERT_EQ(desk.network.size(), 4U);
  const auto first = pdu::concatenation(desk.network[0].user_data.header);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto concat = pdu::concatenation(desk.network[i].user_data.header);
    ASSERT_TRUE(concat);
    EXPECT_EQ(concat->part, i + 1);
    EXPECT_EQ(concat->total, 3);
    EXPECT_EQ(concat->reference, first->reference);
  }
  EXPECT_EQ(record(message.key).progress.state, State::submitted);
  EXPECT_EQ(parts(message.key)[2].standing.state, State::submitted);
}

TEST_F(DispatcherTest, TwoLongMessagesToOneNumberHaveDifferentReferences) {
  queue(draft("+41790000001", std::string(200, 'x')));
  queue(draft("+41790000001", std::string(200, 'y')));
  Desk desk("sim-a");
  desk.script = {accepted(1), accepted(2), accepted(3), accepted(4)};
  serve(desk);
  const auto one = pdu::concatenation(desk.network.at(0).user_data.header);
  const auto two = pdu::concatenation(desk.network.at(2).user_data.header);
  EXPECT_NE(one->reference, two->reference);
}

TEST_F(DispatcherTest, ARefusalForGoodFailsWithTheReceptionistsSentence) {
  const auto message = queue(draft());
  Desk desk("sim-a");
  desk.script = {refused(base::Blame::recipient)};
  serve(desk);
  const auto stored = record(message.key);
  EXPECT_EQ(stored.progress.state, State::failed);
  EXPECT_EQ(*stored.progress.error, "This phone number does not exist.");
  EXPECT_EQ(dispatcher->waiting(), 0U);
}

TEST_F(DispatcherTest, APassingRefusalWaitsForItsNextTime) {
  const auto message = queue(draft());
  Desk desk("sim-a");
  desk.script = {refused(base::Blame::transient)};
  serve(desk);
  const auto stored = record(message.key);
  EXPECT_EQ(stored.progress.state, State::retrying);
  ASSERT_TRUE(stored.progress.next_attempt_at);
  EXPECT_GT(*stored.progress.next_attempt_at, async::now().wall);
  EXPECT_EQ(dispatcher->waiting(), 1U);
}

TEST_F(DispatcherTest, WhatProvablyDidNotLeaveGoesToTheNextModem) {
  const auto message = queue(draft());
  Desk first("sim-a");
  first.script = {modem::NotSent{"no prompt"}};
  serve(first);
  EXPECT_EQ(record(message.key).progress.state, State::queued);
  Desk second("sim-b");
  second.script = {accepted(9)};
  serve(second);
  EXPECT_EQ(record(message.key).progress.state, State::submitted);
  EXPECT_EQ(record(message.key).progress.sim, "sim-b");
}

TEST_F(DispatcherTest, AnUnknownOutcomeIsUncertainAndNeverOfferedAgain) {
  const auto message = queue(draft());
  Desk desk("sim-a");
  desk.script = {modem::Unknown{"no verdict within 180 s"}};
  serve(desk);
  EXPECT_EQ(record(message.key).progress.state, State::uncertain);
  EXPECT_EQ(record(message.key).progress.status, Status::pending);
  EXPECT_EQ(dispatcher->waiting(), 0U);
  Desk other("sim-b");
  other.script = {accepted(1)};
  const auto second = queue(draft("+41790000002"));
  serve(other);
  ASSERT_EQ(other.network.size(), 1U);
  EXPECT_EQ(pdu::to_text(other.network[0].destination), second.number);
}

TEST_F(DispatcherTest, AMessageCancelledInTheRecordIsNotSent) {
  const auto message = queue(draft());
  apply(message.key, message::Event::cancelled);
  const auto other = queue(draft("+41790000002"));
  Desk desk("sim-a");
  desk.script = {accepted(1)};
  serve(desk);
  ASSERT_EQ(desk.network.size(), 1U);
  EXPECT_EQ(pdu::to_text(desk.network[0].destination), other.number);
  EXPECT_EQ(record(message.key).progress.state, State::cancelled);
}

TEST_F(DispatcherTest, TheRestOfAHalfSentMessageStaysOnItsSim) {
  const auto message = queue(draft("+41790000001", std::string(200, 'x')));
  Desk desk("sim-a");
  desk.script = {accepted(1)};  // then it goes down
  serve(desk);
  EXPECT_EQ(record(message.key).progress.state, State::sending);
  Desk other("sim-b");
  const auto second = queue(draft("+41790000002"));
  other.script = {accepted(5)};
  serve(other);
  EXPECT_EQ(pdu::to_text(other.network.at(0).destination), second.number);
  Desk back("sim-a");
  back.script = {accepted(2)};
  serve(back);
  ASSERT_EQ(back.network.size(), 1U);
  EXPECT_EQ(pdu::concatenation(back.network[0].user_data.header)->part, 2);
  EXPECT_EQ(record(message.key).progress.state, State::submitted);
}

TEST_F(DispatcherTest, ThreeHundredMessagesOverOneModemAllSettle) {
  std::vector<message::Key> keys;
  Desk desk("sim-a");
  for (int i = 0; i < 300; ++i) {
    keys.push_back(queue(draft("+417900" + std::to_string(10000 + i))).key);
    desk.script.push_back(accepted(i % 256));
  }
  serve(desk);
  EXPECT_EQ(desk.network.size(), 300U);
  for (const auto key : keys) ASSERT_EQ(record(key).progress.state, State::submitted);
  EXPECT_EQ(dispatcher->on_air(), 0U);
}

}  // namespace
}  // namespace burstd::gateway::test

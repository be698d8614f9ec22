#include <gmock/gmock.h>

#include "gateway/doubt.hpp"
#include "gateway/upkeep.hpp"
#include "house.hpp"
#include "store/restoration.hpp"

namespace burstd::gateway::test {
namespace {

using message::State;
using message::Status;
using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::chrono_literals;

// A record whose head is missing, as one that was copied here alone.
class Restored : public House {
 protected:
  Recovered restart() {
    close();
    std::filesystem::remove(folder / "burstd.head");
    open();
    Recovered recovered;
    const auto task = [&]() -> async::Task<> { recovered = co_await recover(ledger, *writer, *reader, *dispatcher); };
    run(task());
    return recovered;
  }

  void release() {
    write([&](store::Transaction& transaction) -> base::Result<std::int64_t> {
      return store::release(transaction, *store::standing_restoration(transaction),
                            {"anna", "sure", async::now().wall});
    });
    dispatcher->keep_back(KeptBack::restored, false);
  }

  State state(message::Key key) { return record(key).progress.state; }

  // What the modem was handed while it was there for a moment.
  std::vector<std::string> sent_in(base::Milliseconds span, std::deque<modem::Verdict> verdicts) {
    Desk desk("sim-a");
    desk.script = std::move(verdicts);
    const std::string modem = "modem1";  // serve() keeps a reference
    const auto story = [&]() -> async::Task<> {
      async::Scope scope(co_await async::this_executor());
      scope.spawn(dispatcher->serve(modem, desk));
      co_await async::sleep_for(span);
      desk.go_down();
      co_await scope.join();
    };
    run(story());
    std::vector<std::string> numbers;
    for (const auto& one : desk.network) numbers.push_back(one.destination.value);
    return numbers;
  }
};

TEST_F(Restored, WhatWaitedMayHaveLeftAndIsInDoubtAtOnce) {
  const auto waited = accept(draft());
  restart();
  const auto progress = record(waited.key).progress;
  EXPECT_EQ(progress.state, State::uncertain);
  EXPECT_EQ(progress.status, Status::failed) << "no report will ever tell";
  EXPECT_THAT(*progress.error, HasSubstr("restored"));
  EXPECT_THAT(*progress.error, HasSubstr("Phone the patient"));
}

TEST_F(Restored, WhatWasNotDueYetCannotHaveLeftAndWaits) {
  auto later = draft();
  later.send_after = later.created_at + 2h;
  const auto waits = accept(later);
  EXPECT_EQ(restart().waiting, 1U);
  EXPECT_EQ(state(waits.key), State::queued);
}

TEST_F(Restored, WhatIsOverIsLeftAlone) {
  const auto cancelled = accept(draft());
  apply(cancelled.key, message::Event::cancelled);
  const auto submitted = accept(draft());
  apply(submitted.key, message::Event::dispatched);
  apply(submitted.key, message::Event::accepted);
  restart();
  EXPECT_EQ(state(cancelled.key), State::cancelled);
  EXPECT_EQ(state(submitted.key), State::submitted);
}

TEST_F(Restored, TheRestOfAHalfSentMessageIsInDoubtToo) {
  const auto message = accept(draft("+41790000001", std::string(200, 'a')));
  apply(message.key, message::Event::dispatched, 1);
  apply(message.key, message::Event::accepted, 1);
  restart();
  EXPECT_EQ(parts(message.key).at(0).standing.state, State::submitted);
  EXPECT_EQ(parts(message.key).at(1).standing.state, State::uncertain);
}

TEST_F(Restored, NothingIsSentUntilSomebodyReleasesItAlsoAfterAnotherStart) {
  accept(draft("+41790000001"));
  EXPECT_TRUE(restart().restoration);
  const auto fresh = accept(draft("+41790000002"));
  dispatcher->admit(job_of(fresh));
  EXPECT_THAT(sent_in(50ms, {modem::Accepted{1}}), ElementsAre());
  EXPECT_EQ(state(fresh.key), State::queued);
  close();
  open();
  const auto again = [&]() -> async::Task<> { co_await recover(ledger, *writer, *reader, *dispatcher); };
  run(again());
  EXPECT_EQ(state(fresh.key), State::queued) << "it was accepted here and has not left";
  EXPECT_THAT(sent_in(50ms, {modem::Accepted{1}}), ElementsAre());
  release();
  Desk desk("sim-a");
  desk.script = {modem::Accepted{1}};
  serve(desk);
  ASSERT_EQ(desk.network.size(), 1U);
  EXPECT_EQ(desk.network.front().destination.value, "41790000002");
}

TEST_F(Restored, WhatIsInDoubtIsNotSentOnceMoreByThePolicyEither) {
  Options options = without_limits();
  options.resend_doubtful = {"reminder"};
  const auto message = accept(draft());
  dispatcher->admit(job_of(message));
  Desk desk("sim-a");
  desk.script = {modem::Unknown{"unplugged"}};
  serve(desk);
  restart();
  release();
  const Ledger resending(options);
  const auto outcomes = write([&](store::Transaction& transaction) -> base::Result<std::size_t> {
    return repeat_doubtful(transaction, resending, async::now().wall + 1h, {}).size();
  });
  EXPECT_EQ(outcomes, 0U);
}

TEST_F(Restored, ItStaysWhole) {
  accept(draft());
  accept(draft("+41790000001", std::string(200, 'a')));
  restart();
  release();
  const auto found = read([](const store::Connection& connection) {
    return store::verify_record(connection, [] { return true; }).value();
  });
  EXPECT_TRUE(found.whole) << found.sentence;
}

class UpkeepTest : public House {};

TEST_F(UpkeepTest, OldTextsGoAndWhatWaitsKeepsItsOwn) {
  Options options = without_limits();
  options.remove_texts = 48h;
  set(options);
  const auto over = accept(draft());
  apply(over.key, message::Event::cancelled);
  const auto waits = accept(draft());
  Upkeep upkeep(ledger, *writer, *reader, *dispatcher);
  run(upkeep.remove_texts(async::now().wall + 47h));
  EXPECT_FALSE(record(over.key).message.removed_at);
  run(upkeep.remove_texts(async::now().wall + 49h));
  EXPECT_TRUE(record(over.key).message.removed_at);
  EXPECT_EQ(record(over.key).message.text, "");
  EXPECT_NE(record(waits.key).message.text, "");
}

TEST_F(UpkeepTest, WithoutAWordOfTheAdministratorTextsStay) {
  const auto over = accept(draft());
  apply(over.key, message::Event::cancelled);
  Upkeep upkeep(ledger, *writer, *reader, *dispatcher);
  run(upkeep.remove_texts(async::now().wall + 24h * 10'000));
  EXPECT_NE(record(over.key).message.text, "");
}

TEST_F(UpkeepTest, ThousandsOfTextsGoInOneRound) {
  Options options = without_limits();
  options.remove_texts = 1h;
  set(options);
  const auto many = write([&](store::Transaction& transaction) -> base::Result<int> {
    for (int i = 0; i < 1050; ++i) {
      ledger.accept(transaction, draft(), "digest", Stillborn{message::Event::blocked, {"opted-out", "opted out"}});
    }
    return 1050;
  });
  Upkeep upkeep(ledger, *writer, *reader, *dispatcher);
  run(upkeep.remove_texts(async::now().wall + 2h));
  const auto left = read([](const store::Connection& connection) {
    return store::list_messages(connection, {}).items.front().message.text;
  });
  EXPECT_EQ(left, "");
  EXPECT_TRUE(record(1).message.removed_at && record(many).message.removed_at);
}

}  // namespace
}  // namespace burstd::gateway::test

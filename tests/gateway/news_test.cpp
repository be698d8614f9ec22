#include "gateway/news.hpp"

#include <gmock/gmock.h>

#include "gateway/diary.hpp"
#include "house.hpp"
#include "store/batches.hpp"

namespace burstd::gateway::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

base::Now moment_after(base::Milliseconds span) {
  return {base::Steady{} + 1h + span, base::from_millis(1'795'345'200'000) + span};
}

Sight modem_sight(const std::string& state, const std::string& name = "front") {
  return {"modem", name, "state", state, "A sentence.", false};
}

Sight quota_sight(const std::string& state, bool usual) {
  return {"quota", "front", "limit-reached", state, "", usual};
}

// "front, A sentence.: ready → failed"
std::vector<std::string> rows_in_words(const std::vector<store::Change>& changes) {
  std::vector<std::string> all;
  for (const store::Change& change : changes) {
    all.push_back(change.detail.value_or("-") + ": " + change.from.value_or("-") + " → " + change.to.value_or("-"));
  }
  return all;
}

TEST(News, AThingIsToldWhenItHasChangedAndNotAgain) {
  News news;
  EXPECT_THAT(rows_in_words(news.look({modem_sight("ready"), modem_sight("absent", "back")}, moment_after(0ms))),
              ElementsAre("front, A sentence.: - → ready", "back, A sentence.: - → absent"));
  EXPECT_THAT(news.look({modem_sight("ready"), modem_sight("absent", "back")}, moment_after(1s)), IsEmpty());
  const auto changes = news.look({modem_sight("failed"), modem_sight("absent", "back")}, moment_after(2s));
  EXPECT_THAT(rows_in_words(changes), ElementsAre("front, A sentence.: ready → failed"));
  EXPECT_EQ(changes.front().kind, "modem");
  EXPECT_EQ(changes.front().at, moment_after(2s).wall);
}

TEST(News, WhatIsUsualIsNoNewsUntilItWasOtherwise) {
  News news;
  EXPECT_THAT(news.look({quota_sight("available", true)}, moment_after(0ms)), IsEmpty());
  EXPECT_THAT(rows_in_words(news.look({quota_sight("day", false)}, moment_after(1s))),
              ElementsAre("front: available → day"));
  EXPECT_THAT(rows_in_words(news.look({quota_sight("available", true)}, moment_after(2s))),
              ElementsAre("front: day → available"));
}

TEST(News, AFlappingModemCannotFillTheRecordAndItsLastStateIsTold) {
  News news;
  std::size_t rows = 0;
  for (int second = 0; second < 600; ++second) {
    rows += news.look({modem_sight(second % 2 == 0 ? "ready" : "failed")}, moment_after(second * 1s)).size();
  }
  EXPECT_LE(rows, 10 * News::most);
  EXPECT_GE(rows, 9 * News::most);
  std::vector<store::Change> last;
  for (int second = 600; second < 720; ++second) {
    for (store::Change& change : news.look({modem_sight("quarantined")}, moment_after(second * 1s)))
      last.push_back(change);
  }
  ASSERT_EQ(last.size(), 1U);
  EXPECT_EQ(last.front().to, "quarantined");
}

TEST(News, AModemOnItsWayIsNothingToSeeAndAPaceIsNoLimit) {
  std::vector<modem::Status> modems(3);
  modems[0].name = "front";
  modems[0].state = modem::State::ready;
  modems[1].state = modem::State::opening;
  modems[2].state = modem::State::setting_up;
  const auto seen = [&](message::Limit limit, const std::string& clock = "") {
    std::vector<std::string> all;
    for (const Sight& sight : sights_of(modems, {{"front", {limit, std::nullopt}}}, clock)) {
      all.push_back(sight.kind + " " + sight.state + (sight.usual ? " as usual" : ""));
    }
    return all;
  };
  EXPECT_THAT(seen(message::Limit::minute),
              ElementsAre("modem ready", "quota available as usual", "gateway trusted as usual"));
  EXPECT_THAT(seen(message::Limit::day), ElementsAre("modem ready", "quota day", "gateway trusted as usual"));
  EXPECT_THAT(seen(message::Limit::none, "It has jumped.").back(), "gateway suspect");
}

class DiaryTest : public House {
 protected:
  std::vector<std::string> told() {
    std::vector<std::string> all;
    auto unit = [](const store::Connection& connection) { return store::history_after(connection, 0, 100); };
    for (const store::Change& change : read(unit)) all.push_back(change.kind + " " + change.event);
    return all;
  }
};

TEST_F(DiaryTest, TheGatewaysBeginningAndEndAreOnRecordAndWhatChangedBetween) {
  Diary diary(*writer, changed, [] { return std::vector<Sight>{modem_sight("ready")}; });
  const auto story = [&]() -> async::Task<> {
    async::Scope scope(loop.get_executor());
    scope.spawn(diary.run());
    while (writer->head() < 2) co_await writer->news().wait();
    diary.stop();
    co_await scope.join();
    co_await diary.close();
  };
  run(story());
  EXPECT_THAT(told(), ElementsAre("gateway started", "modem state", "gateway stopped"));
}

TEST_F(DiaryTest, WhatABurstLeavesIsMarkedAsItsOwn) {
  store::Batch batch;
  batch.client = "clinic";
  batch.digest = "d";
  batch.category = "reminder";
  batch.state = "preview";
  const auto stored = write([&](store::Transaction& transaction) -> base::Result<store::Batch> {
    return store::insert_batch(transaction, batch, {});
  });
  auto of_burst = draft();
  of_burst.batch = stored.key;
  of_burst.batch_row = 1;
  accept(of_burst);
  auto broken = of_burst;
  broken.batch_row = 2;
  accept(broken, Stillborn{message::Event::refused_for_good, Cause{"number-invalid", "Phone number is not valid"}});
  const auto key = accept(draft()).key;
  const auto news = read([](const store::Connection& connection) { return store::news_after(connection, 0, 100); });
  ASSERT_EQ(news.size(), 1U);
  EXPECT_EQ(news.front().message, key);
}

}  // namespace
}  // namespace burstd::gateway::test

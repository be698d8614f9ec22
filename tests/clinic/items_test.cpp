#include "clinic/items.hpp"

#include <set>

#include "clinic/office.hpp"

namespace burstd::clinic {
namespace {

using namespace std::chrono_literals;
using message::State;

class ItemsTest : public Office {
 protected:
  std::string submit(const std::string& ref, const std::string& to = "0791234567",
                     std::optional<base::Time> send_after = std::nullopt) {
    Draft draft;
    draft.client_ref = ref;
    draft.to = to;
    draft.text = "text " + ref;
    draft.patient = "P-" + ref;
    draft.send_after = send_after;
    return wait_for(messages.submit("practice", draft)).value().item.message.id;
  }

  std::vector<std::string> refs(Search search) {
    std::vector<std::string> found;
    for (const Item& item : items(std::move(search))) found.push_back(*item.message.client_ref);
    return found;
  }

  Messages messages{options, gateway};
  Items reading{options, gateway};
};

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(ItemsTest, AreListedNewestFirstAndPagesJoin) {
  for (int at = 0; at < 7; ++at) submit(std::to_string(at));
  Search search;
  search.limit = 3;
  std::vector<std::string> seen;
  for (bool more = true; more;) {
    const auto page = wait_for(reading.list(search)).value();
    for (const Item& item : page.items) seen.push_back(*item.message.client_ref);
    more = page.more;
    search.before = page.items.back().message.key;
    submit("new" + std::to_string(seen.size()));
  }
  EXPECT_THAT(seen, ElementsAre("6", "5", "4", "3", "2", "1", "0"));
}

TEST_F(ItemsTest, ANumberIsFoundHoweverItIsTyped) {
  submit("a", "079 123 45 67");
  submit("b", "079 123 45 68");
  Search search;
  search.number = "0041 79 123 45 67";
  EXPECT_THAT(refs(search), ElementsAre("a"));
  search.number = "nobody";
  EXPECT_THAT(refs(search), IsEmpty());
  submit("c", "12");
  submit("d", "13");
  search.number = "12";
  EXPECT_THAT(refs(search), ElementsAre("c")) << "as it was typed";
}

TEST_F(ItemsTest, ABurstOfAnotherRecordHasNoItems) {
  Templates templates(options);
  Bursts bursts(options, templates, gateway);
  BurstDraft draft;
  draft.client_ref = "burst";
  draft.text = "Hello";
  draft.recipients.resize(1);
  draft.recipients.front().to = "0791234567";
  Search search;
  search.batch = wait_for(bursts.preview("practice", draft)).value().batch.id;
  wait_for(bursts.send("practice", *search.batch, {})).value();
  EXPECT_EQ(items(search).size(), 1U);
  search.batch = "ZZZZZZ" + search.batch->substr(6);
  EXPECT_THAT(items(search), IsEmpty());
}

TEST_F(ItemsTest, WithoutAModemAllThatWaitsIsHeld) {
  submit("a");
  submit("b", "12");
  submit("c", "0791234567", async::now().wall + 1h);
  Search search;
  search.states = {"held"};
  EXPECT_THAT(refs(search), ElementsAre("c", "a"));
  search.states = {"queued"};
  EXPECT_THAT(refs(search), IsEmpty());
  search.states = {"failed", "held"};
  EXPECT_THAT(refs(search), ElementsAre("c", "b", "a"));
  search.limit = 1;
  search.states = {"failed"};
  EXPECT_THAT(refs(search), ElementsAre("b"));
}

// As "quota" or "window until 60 s from now".
std::string held_by(const message::Message& message, const message::Progress& progress, const gateway::Holds& holds) {
  const base::Time now = base::from_millis(1'000'000);
  const auto hold = hold_of(message, progress, now, holds);
  if (!hold) return "";
  std::string told(hold->by);
  if (!hold->modem.empty()) told += " of " + hold->modem + " by the " + message::to_string(hold->limit);
  return hold->until ? told + " until +" + std::to_string((*hold->until - now).count()) : told;
}

gateway::Holds holding(std::string_view others, const std::string& closed = {}) {
  gateway::Holds holds;
  holds.others.by = others;
  if (!closed.empty()) holds.closed[closed] = base::from_millis(1'000'060);
  return holds;
}

TEST(HeldBy, IsDerivedFromStateTimeAndWhatTheGatewaySays) {
  message::Message message;
  message.category = "reminder";
  message::Progress progress;
  const base::Time now = base::from_millis(1'000'000);
  const auto none = holding("no-modem"), one = holding(""), night = holding("quota", "reminder");
  auto spent = holding("quota");
  spent.others = {"quota", now + 7ms, "front", message::Limit::day};
  EXPECT_EQ(held_by(message, progress, none), "no-modem");
  EXPECT_EQ(held_by(message, progress, one), "");
  EXPECT_EQ(held_by(message, progress, spent), "quota of front by the day until +7");
  EXPECT_EQ(held_by(message, progress, night), "window until +60");
  message.priority = message::Priority::urgent;
  EXPECT_EQ(held_by(message, progress, night), "quota") << "urgent ones go at any hour";
  message.send_after = now + 1ms;
  EXPECT_EQ(held_by(message, progress, night), "send-after until +1");
  message.send_after = now;
  EXPECT_EQ(held_by(message, progress, one), "");
  progress.state = State::retrying;
  EXPECT_EQ(held_by(message, progress, none), "");
}

TEST(HeldBy, FollowsTheRouteOfTheNumber) {
  message::Message message;
  message.number = "+41791234567";
  auto holds = holding("paused");
  holds.ways = {{"+4179", {"no-modem"}}, {"+41", {}}};
  EXPECT_EQ(held_by(message, {}, holds), "no-modem");
  message.number = "+41781234567";
  EXPECT_EQ(held_by(message, {}, holds), "");
  message.number = "+49171";
  EXPECT_EQ(held_by(message, {}, holds), "paused");
}

// Whatever holds what is queued, the lists by state are those of the items themselves, in pages of any size.
TEST_F(ItemsTest, ListsByStateAgreeWithWhatEachItemShows) {
  const base::Time now = async::now().wall;
  std::vector<message::Key> keys;
  for (int at = 0; at < 24; ++at) {
    message::Message made;
    made.client = "practice";
    made.number = made.number_as_typed = "+417" + std::to_string(at % 4) + "1234567";
    made.text = "text";
    made.category = at % 3 == 0 ? "reminder" : "direct";
    made.priority = at % 2 == 0 ? message::Priority::urgent : message::Priority::normal;
    if (at % 5 == 0) made.send_after = now + (at % 10 == 0 ? 1h : -1h);
    made.created_at = now;
    made.expires_at = now + 24h;
    made.encoding = "gsm7";
    const auto accepting = [&](store::Transaction& transaction) -> base::Result<message::Message> {
      return gateway.ledger().accept(transaction, made, "digest", {});
    };
    keys.push_back(wait_for(writer.run(accepting))->key);
  }
  auto some = holding("quota", "reminder"), most = holding("paused", "direct");
  some.ways = {{"+4171", {"no-modem"}}, {"+417", {}}};
  most.ways = {{"+4172", {}}};
  const gateway::Holds all_go, none = holding("no-modem");
  for (const gateway::Holds& holds : {all_go, none, some, most}) {
    for (const bool held : {true, false}) {
      store::Filter filter;
      filter.states = {State::queued};
      filter.held = held_now(holds, now);
      filter.but_held = !held;
      filter.limit = 3;
      std::set<message::Key> listed, shown;
      const auto reading_page = [&](const store::Connection& connection) { return list_messages(connection, filter); };
      for (bool more = true; more;) {
        const auto page = wait_for(reader.run(reading_page));
        more = page.more;
        EXPECT_EQ(page.items.size() == 3, more || page.items.size() == 3);
        for (const auto& record : page.items) listed.insert(record.message.key);
        if (more) filter.before = page.items.back().message.key;
      }
      const auto each = [&](const store::Connection& connection) {
        for (const auto key : keys) {
          const Item item = item_of(connection, *store::find_message(connection, key), now, holds);
          if ((state_word(item) == "held") == held) shown.insert(key);
        }
        return true;
      };
      wait_for(reader.run(each));
      EXPECT_EQ(listed, shown);
    }
  }
}

TEST_F(ItemsTest, APollerThatGoesOnFromTheLastChangeMissesNothing) {
  const std::string first = submit("a");
  submit("b");
  Search search;
  search.changed_after = 0;
  auto page = wait_for(reading.list(search)).value();
  ASSERT_EQ(page.items.size(), 2U);
  EXPECT_EQ(page.items.front().message.client_ref, "a");
  EXPECT_GE(page.last_seq, page.items.back().progress.change_seq);
  search.changed_after = page.items.back().progress.change_seq;
  EXPECT_THAT(refs(search), IsEmpty());
  wait_for(messages.cancel(first, {})).value();
  EXPECT_THAT(refs(search), ElementsAre("a"));
}

TEST_F(ItemsTest, APositionBeyondTheLastChangeIsOfAnotherRecord) {
  submit("a");
  Search search;
  search.changed_after = wait_for(reading.list({})).value().last_seq + 1;
  EXPECT_EQ(wait_for(reading.list(search)).error().code, "resync");
  search.changed_after.reset();
  search.before = 2;
  EXPECT_EQ(wait_for(reading.list(search)).error().code, "resync");
}

TEST_F(ItemsTest, ADetailHasPartsAndHistory) {
  const std::string id = submit("a");
  const auto detail = wait_for(reading.detail(id)).value();
  ASSERT_EQ(detail.parts.size(), 1U);
  EXPECT_EQ(detail.parts.front().standing.state, State::queued);
  EXPECT_FALSE(detail.history.empty());
  EXPECT_EQ(wait_for(reading.detail("x")).error().code, "message-unknown");
  EXPECT_EQ(wait_for(reading.find(id)).value().message.patient, "P-a");
}

TEST_F(ItemsTest, TheQueueHasADepth) {
  submit("a");
  submit("b", "12");
  const auto depth = wait_for(reading.depth());
  EXPECT_EQ(depth.waiting, 1);
  EXPECT_EQ(depth.sending, 0);
  EXPECT_TRUE(depth.oldest_pending_at);
}

}  // namespace
}  // namespace burstd::clinic

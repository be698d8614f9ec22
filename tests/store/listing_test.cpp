#include "store/desk.hpp"

namespace burstd::store::test {
namespace {

using message::State;
using Keys = std::vector<message::Key>;

class Listing : public Desk {
 protected:
  // Twelve messages: patients p0 to p2 in turn, two categories, two clients, one burst for the first six.
  Listing() {
    const auto batch = insert_batch(transaction, a_batch(), {});
    batch_id = batch.id;
    for (int i = 1; i <= 12; ++i) {
      auto message = a_message(i);
      message.patient = "p" + std::to_string(i % 3);
      message.category = i % 2 == 0 ? "recall" : "reminder";
      message.client = i <= 8 ? "clinic" : "desk";
      message.client_ref = "ref-" + std::to_string(i);
      if (i <= 6) message.batch = batch.key;
      record_message(message);
    }
    for (const message::Key key : {2, 5, 9}) set_state(key, State::delivered);
    for (const message::Key key : {3, 6}) set_state(key, State::failed);
  }

  Keys keys(const Filter& filter) {
    Keys found;
    for (const Record& item : list_messages(connection, filter).items) found.push_back(item.message.key);
    return found;
  }

  std::string batch_id;
};

TEST_F(Listing, AllComeNewestFirstInPagesBelowTheCursor) {
  Filter filter;
  filter.limit = 5;
  EXPECT_EQ(keys(filter), (Keys{12, 11, 10, 9, 8}));
  EXPECT_TRUE(list_messages(connection, filter).more);
  filter.before = 3;
  EXPECT_EQ(keys(filter), (Keys{2, 1}));
  EXPECT_FALSE(list_messages(connection, filter).more);
  filter.before.reset();
  filter.limit = 12;
  EXPECT_FALSE(list_messages(connection, filter).more);
}

TEST_F(Listing, EachConditionFindsItsOwn) {
  Filter filter;
  filter.patient = "p1";
  EXPECT_EQ(keys(filter), (Keys{10, 7, 4, 1}));
  filter = {};
  filter.number = a_message(4).number;
  EXPECT_EQ(keys(filter), (Keys{4}));
  filter = {};
  filter.batch = batch_id;
  EXPECT_EQ(keys(filter), (Keys{6, 5, 4, 3, 2, 1}));
  filter.batch = "ZZZZZZ" + batch_id.substr(6);
  EXPECT_TRUE(keys(filter).empty());
  filter = {};
  filter.category = "recall";
  EXPECT_EQ(keys(filter), (Keys{12, 10, 8, 6, 4, 2}));
  filter = {};
  filter.client_ref = "ref-7";
  EXPECT_EQ(keys(filter), (Keys{7}));
  filter = {};
  filter.client = "desk";
  EXPECT_EQ(keys(filter), (Keys{12, 11, 10, 9}));
  filter = {};
  filter.status = message::Status::sent;
  EXPECT_EQ(keys(filter), (Keys{9, 5, 2}));
}

TEST_F(Listing, SeveralStatesAreMergedInOrder) {
  Filter filter;
  filter.states = {State::failed, State::delivered};
  EXPECT_EQ(keys(filter), (Keys{9, 6, 5, 3, 2}));
  filter.limit = 2;
  EXPECT_EQ(keys(filter), (Keys{9, 6}));
  EXPECT_TRUE(list_messages(connection, filter).more);
  filter.before = 6;
  EXPECT_EQ(keys(filter), (Keys{5, 3}));
}

TEST_F(Listing, TheQueuedAreToldApartByTheirTime) {
  auto later = a_message(13);
  later.send_after = at(500);
  const auto stored = record_message(later);
  Filter filter;
  filter.states = {State::queued, State::failed};
  const auto all = keys(filter);
  filter.held = Held{at(499), {}, {}, false};
  EXPECT_EQ(keys(filter), (Keys{stored.key, 6, 3})) << "the failed ones stay";
  filter.but_held = true;
  EXPECT_EQ(keys(filter).size(), all.size() - 1);
  EXPECT_NE(keys(filter).front(), stored.key);
  filter.held->now = at(500);
  EXPECT_EQ(keys(filter), all);
  filter.held->closed = {later.category};
  EXPECT_NE(keys(filter).front(), stored.key) << "its hours are not now";
  filter.held->closed.clear();
  filter.held->ways = {{later.number, true}};
  EXPECT_EQ(keys(filter).size(), all.size() - 1) << "its route leads nowhere";
  filter.but_held = false;
  filter.held->ways = {{later.number, false}};
  filter.held->others = true;
  EXPECT_EQ(keys(filter).size(), all.size() - 1) << "its route is the only one that leads anywhere";
}

TEST_F(Listing, CreatedAtIsFromInclusiveToExclusive) {
  Filter filter;
  filter.from = at(4);
  filter.to = at(7);
  EXPECT_EQ(keys(filter), (Keys{6, 5, 4}));
  filter.before = 6;
  EXPECT_EQ(keys(filter), (Keys{5, 4}));
  filter = {};
  filter.to = at(3);
  EXPECT_EQ(keys(filter), (Keys{2, 1}));
  filter = {};
  filter.from = at(99);
  EXPECT_TRUE(keys(filter).empty());
}

TEST_F(Listing, AClockThatWentBackLeavesTheSpanRight) {
  auto message = a_message(4);
  message.text = "after the clock was set back";
  const auto stored = record_message(message);
  Filter filter;
  filter.from = at(4);
  filter.to = at(6);
  EXPECT_EQ(keys(filter), (Keys{stored.key, 5, 4}));
}

TEST_F(Listing, AllConditionsHoldAtOnce) {
  Filter filter;
  filter.patient = "p2";
  filter.batch = batch_id;
  filter.category = "recall";
  filter.client = "clinic";
  filter.status = message::Status::sent;
  filter.states = {State::delivered, State::failed};
  filter.from = at(1);
  filter.to = at(5);
  EXPECT_EQ(keys(filter), (Keys{2}));
  filter.client = "desk";
  EXPECT_TRUE(keys(filter).empty());
}

TEST_F(Listing, ByChangeTheOldestChangeComesFirst) {
  auto progress = find_message(connection, message::Key{4})->progress;
  progress.change_seq = append_history(transaction, a_change(4, "accepted"));
  save_progress(transaction, 4, progress);
  Filter filter;
  filter.changed_after = 10;
  EXPECT_EQ(keys(filter), (Keys{11, 12, 4}));
  filter.limit = 2;
  EXPECT_EQ(keys(filter), (Keys{11, 12}));
  EXPECT_TRUE(list_messages(connection, filter).more);
  filter.limit = 100;
  filter.patient = "p1";
  EXPECT_EQ(keys(filter), (Keys{4}));
  filter.patient.reset();
  filter.changed_after = 0;
  filter.category = "recall";
  EXPECT_EQ(keys(filter), (Keys{2, 6, 8, 10, 12, 4}));
  filter.from = at(7);
  EXPECT_EQ(keys(filter), (Keys{8, 10, 12}));
  filter.changed_after = 13;
  EXPECT_TRUE(keys(filter).empty());
}

TEST_F(Listing, BurstsAreCountedByStateAndByStatus) {
  const auto states = count_by_state(connection, batch_id);
  ASSERT_EQ(states.size(), 3U);
  EXPECT_EQ(states[0].word + std::to_string(states[0].number), "delivered2");
  EXPECT_EQ(states[1].word + std::to_string(states[1].number), "failed2");
  EXPECT_EQ(states[2].word + std::to_string(states[2].number), "queued2");
  const auto statuses = count_by_status(connection, batch_id);
  ASSERT_EQ(statuses.size(), 3U);
  EXPECT_EQ(statuses[0].word + std::to_string(statuses[0].number), "Pending2");
  EXPECT_TRUE(count_by_state(connection, "no-such-burst").empty());
}

}  // namespace
}  // namespace burstd::store::test

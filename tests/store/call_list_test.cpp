#include "store/call_list.hpp"

#include "store/desk.hpp"
#include "store/notes.hpp"

namespace burstd::store::test {
namespace {

using message::State;
using Keys = std::vector<message::Key>;

class CallListTest : public Desk {
 protected:
  message::Key unreached(std::optional<base::Time> appointment, State state = State::failed) {
    auto message = a_message(++x_count);
    message.appointment_at = appointment;
    message.patient = "p" + std::to_string(x_count % 2);
    const auto key = record_message(message).key;
    set_state(key, state);
    return key;
  }

  Keys keys(const CallList& list, const Filter& filter = {}) {
    Keys found;
    for (const Record& item : list_unreached(connection, filter, list).items) found.push_back(item.message.key);
    return found;
  }

  CallList now() const {
    CallList list;
    list.now = at(1000);
    return list;
  }

 private:
  int x_count = 0;
};

TEST_F(CallListTest, TheSoonestAppointmentComesFirstAndWhatIsOverLast) {
  const auto late = unreached(at(9000)), over = unreached(at(500)), none = unreached({}), soon = unreached(at(2000)),
             newer = unreached({}), long_over = unreached(at(100)), as_soon = unreached(at(2000));
  EXPECT_EQ(keys(now()), (Keys{soon, as_soon, late, newer, none, over, long_over}));
}

TEST_F(CallListTest, HoldsWhatHasFailedOrIsInDoubtAndNothingElse) {
  Keys wanted;
  for (const State state : message::all_states) {
    const auto key = unreached({}, state);
    if (state == State::failed || state == State::expired || state == State::blocked || state == State::uncertain) {
      wanted.insert(wanted.begin(), key);
    }
  }
  EXPECT_EQ(keys(now()), wanted);
}

TEST_F(CallListTest, WhatWasSentAgainIsLeftToTheNewOne) {
  const auto old = unreached(at(2000));
  auto again = a_message(50);
  again.retry_of = find_message(connection, old)->message.id;
  const auto key = record_message(again).key;
  EXPECT_EQ(keys(now()), Keys{});
  set_state(key, State::failed);
  EXPECT_EQ(keys(now()), Keys{key});
  EXPECT_EQ(resent_as(connection, *again.retry_of), find_message(connection, key)->message.id);
  EXPECT_THROW(record_message(again), Failure) << "nobody sends one twice again";
}

TEST_F(CallListTest, TellsApartWhatSomebodyHasNoted) {
  const auto noted = unreached(at(2000)), open = unreached(at(3000));
  insert_note(transaction, Note{noted, at(1), "c", "u", "phoned", 0});
  EXPECT_EQ(keys(now()), (Keys{noted, open}));
  auto list = now();
  list.noted = false;
  EXPECT_EQ(keys(list), Keys{open});
  list.noted = true;
  EXPECT_EQ(keys(list), Keys{noted});
}

TEST_F(CallListTest, GoesOnBehindAnyRowInPagesOfAnySize) {
  for (int i = 0; i < 5; ++i) {
    unreached(at(2000 + i % 2));
    unreached({});
    unreached(at(500 + i % 2));
  }
  const Keys all = keys(now());
  ASSERT_EQ(all.size(), 15U);
  for (std::size_t size = 1; size <= 16; ++size) {
    Filter filter;
    filter.limit = size;
    Keys read;
    for (auto list = now(); read.size() < all.size();) {
      const auto page = list_unreached(connection, filter, list);
      ASSERT_FALSE(page.items.empty());
      for (const Record& item : page.items) read.push_back(item.message.key);
      list.after = read.back();
      EXPECT_EQ(page.more, read.size() < all.size());
    }
    EXPECT_EQ(read, all) << size;
  }
}

TEST_F(CallListTest, TheFilterNarrowsIt) {
  const auto first = unreached(at(2000)), second = unreached(at(3000)), third = unreached({});
  Filter filter;
  filter.patient = "p1";
  EXPECT_EQ(keys(now(), filter), (Keys{first, third}));
  filter = {};
  filter.number = a_message(2).number;
  EXPECT_EQ(keys(now(), filter), Keys{second});
  filter = {};
  filter.from = at(2);
  filter.to = at(3);
  EXPECT_EQ(keys(now(), filter), Keys{second});
  filter = {};
  filter.batch = "ABCDEF-B9";
  EXPECT_EQ(keys(now(), filter), Keys{});
  filter = {};
  filter.category = "recall";
  EXPECT_EQ(keys(now(), filter), Keys{});
}

}  // namespace
}  // namespace burstd::store::test

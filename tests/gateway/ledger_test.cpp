#include "house.hpp"

namespace burstd::gateway::test {
namespace {

using message::Event;
using message::State;
using message::Status;

class LedgerTest : public House {};

TEST_F(LedgerTest, AnAcceptedMessageIsQueuedAndHasItsFirstHistoryRow) {
  const auto message = accept(draft());
  const auto stored = record(message.key);
  EXPECT_EQ(stored.progress.state, State::queued);
  EXPECT_EQ(stored.progress.status, Status::pending);
  const auto rows = history(message.key);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].event, "recorded");
  EXPECT_EQ(rows[0].seq, stored.progress.change_seq);
}

TEST_F(LedgerTest, WhatCannotBeSentIsRecordedAsFailedWithItsCause) {
  const Stillborn stillborn{Event::refused_for_good, {"number-invalid", "Phone number is not valid"}};
  const auto message = accept(draft(""), stillborn);
  const auto stored = record(message.key);
  EXPECT_EQ(stored.progress.state, State::failed);
  EXPECT_EQ(stored.progress.status, Status::failed);
  EXPECT_EQ(*stored.progress.error_code, "number-invalid");
  EXPECT_EQ(history(message.key).size(), 2U);
}

TEST_F(LedgerTest, EveryChangeLeavesOneHistoryRowAndItsChangeNumber) {
  const auto message = accept(draft());
  apply(message.key, Event::dispatched);
  apply(message.key, Event::accepted);
  const auto outcome = apply(message.key, Event::report_delivered);
  EXPECT_TRUE(outcome.changed);
  const auto rows = history(message.key);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(*rows[3].from, "submitted");
  EXPECT_EQ(*rows[3].to, "delivered");
  EXPECT_EQ(record(message.key).progress.change_seq, rows[3].seq);
}

TEST_F(LedgerTest, ARefusedEventWritesNothing) {
  const auto message = accept(draft());
  const auto before = record(message.key).progress.change_seq;
  EXPECT_FALSE(apply(message.key, Event::accepted).changed);
  EXPECT_FALSE(apply(message.key, Event::accepted).changed);
  EXPECT_EQ(record(message.key).progress.change_seq, before);
  EXPECT_EQ(history(message.key).size(), 1U);
}

TEST_F(LedgerTest, AMessageIsBoundToTheSimOnlyOnceSomethingLeft) {
  const auto message = accept(draft());
  apply(message.key, Event::dispatched);
  EXPECT_EQ(record(message.key).progress.sim, "sim-a");
  const auto back = apply(message.key, Event::not_sent);
  EXPECT_FALSE(record(message.key).progress.sim);
  ASSERT_TRUE(back.again);
  EXPECT_FALSE(back.again->sim);
}

TEST_F(LedgerTest, OnePartFailedForGoodTakesTheRestWithIt) {
  const auto message = accept(draft("+41790000001", std::string(400, 'a')));
  ASSERT_EQ(parts(message.key).size(), 3U);
  apply(message.key, Event::dispatched, 1);
  apply(message.key, Event::accepted, 1);
  apply(message.key, Event::dispatched, 2);
  const auto outcome = apply(message.key, Event::refused_for_good, 2);
  EXPECT_FALSE(outcome.again);
  const auto all = parts(message.key);
  EXPECT_EQ(all[0].standing.state, State::submitted);
  EXPECT_EQ(all[1].standing.state, State::failed);
  EXPECT_EQ(all[2].standing.state, State::failed);
  EXPECT_EQ(record(message.key).progress.state, State::failed);
  EXPECT_EQ(record(message.key).progress.status, Status::failed);
}

TEST_F(LedgerTest, AnUncertainPartStopsTheRestUntilEvidenceComes) {
  const auto message = accept(draft("+41790000001", std::string(200, 'a')));
  apply(message.key, Event::dispatched, 1);
  EXPECT_FALSE(apply(message.key, Event::lost, 1).again);
  const auto outcome = apply(message.key, Event::report_delivered, 1);
  ASSERT_TRUE(outcome.again);
  EXPECT_EQ(outcome.again->sim, "sim-a");
  EXPECT_EQ(record(message.key).progress.state, State::sending);
}

TEST_F(LedgerTest, TheChainHoldsOverEverything) {
  for (int i = 0; i < 5; ++i) {
    const auto message = accept(draft());
    apply(message.key, Event::dispatched);
    apply(message.key, i % 2 == 0 ? Event::accepted : Event::lost);
  }
  const auto proof = read([](const store::Connection& connection) {
    return store::verify_record(connection, [] { return true; }).value();
  });
  EXPECT_FALSE(proof.first_bad) << proof.sentence;
  EXPECT_EQ(proof.rows, 15);
}

}  // namespace
}  // namespace burstd::gateway::test

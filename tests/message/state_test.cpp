#include "message/state.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace burstd::message {
namespace {

// The whole table once more, written down independently of the code: one line per state, "event>state".
struct Row {
  State from;
  std::vector<std::pair<Event, State>> moves;
};

const std::vector<Row>& table() {
  using S = State;
  using E = Event;
  static const std::vector<Row> rows{
      {S::queued,
       {{E::dispatched, S::sending},
        {E::lost, S::uncertain},
        {E::refused_for_good, S::failed},
        {E::abandoned, S::failed},
        {E::expired, S::expired},
        {E::blocked, S::blocked},
        {E::cancelled, S::cancelled},
        {E::report_delivered, S::delivered},
        {E::report_unconfirmed, S::unconfirmed}}},
      {S::sending,
       {{E::accepted, S::submitted},
        {E::not_sent, S::queued},
        {E::refused_for_now, S::retrying},
        {E::refused_for_good, S::failed},
        {E::lost, S::uncertain},
        {E::report_delivered, S::delivered}}},
      {S::retrying,
       {{E::dispatched, S::sending},
        {E::accepted, S::submitted},
        {E::lost, S::uncertain},
        {E::refused_for_good, S::failed},
        {E::abandoned, S::failed},
        {E::expired, S::expired},
        {E::blocked, S::blocked},
        {E::cancelled, S::cancelled},
        {E::report_delivered, S::delivered},
        {E::report_unconfirmed, S::unconfirmed}}},
      {S::submitted,
       {{E::report_delivered, S::delivered},
        {E::report_unconfirmed, S::unconfirmed},
        {E::report_trying, S::submitted},
        {E::report_failed, S::failed},
        {E::window_ended, S::unconfirmed},
        {E::trying_ended, S::failed}}},
      {S::delivered, {}},
      {S::unconfirmed,
       {{E::report_delivered, S::delivered}, {E::report_unconfirmed, S::unconfirmed}, {E::report_failed, S::failed}}},
      {S::uncertain,
       {{E::accepted, S::submitted},
        {E::not_sent, S::queued},
        {E::refused_for_now, S::retrying},
        {E::refused_for_good, S::failed},
        {E::report_delivered, S::delivered},
        {E::report_unconfirmed, S::unconfirmed},
        {E::report_trying, S::submitted},
        {E::report_failed, S::failed},
        {E::window_ended, S::uncertain},
        {E::person_sent, S::unconfirmed},
        {E::person_not_sent, S::failed},
        {E::repeated, S::retrying}}},
      {S::failed,
       {{E::report_delivered, S::delivered},
        {E::report_unconfirmed, S::unconfirmed},
        {E::report_failed, S::failed},
        {E::repeated, S::retrying}}},
      {S::expired, {}},
      {S::blocked, {}},
      {S::cancelled, {}}};
  return rows;
}

std::string label(State state, Event event) {
  return std::string(to_string(state)) + " + " + std::string(to_string(event));
}

TEST(State, EveryPairOfStateAndEventHasItsRuleOrIsRefused) {
  ASSERT_EQ(table().size(), all_states.size());
  std::size_t pairs = 0;
  for (const Row& row : table()) {
    for (const Event event : all_events) {
      std::optional<State> expected;
      for (const auto& [when, to] : row.moves) {
        if (when == event) expected = to;
      }
      const auto standing = next({row.from, false}, event);
      ASSERT_EQ(standing.has_value(), expected.has_value()) << label(row.from, event);
      EXPECT_EQ(standing.value_or(Standing{row.from}).state, expected.value_or(row.from)) << label(row.from, event);
      ++pairs;
    }
  }
  EXPECT_EQ(pairs, 11U * 19U);
}

TEST(State, OnlyFinalReportsMakeAStandingReported) {
  const std::set<Event> final_reports{Event::report_delivered, Event::report_unconfirmed, Event::report_failed};
  for (const State state : all_states) {
    for (const Event event : all_events) {
      const auto standing = next({state, false}, event);
      if (!standing) continue;
      EXPECT_EQ(standing->reported, final_reports.contains(event)) << label(state, event);
    }
  }
}

TEST(State, WhatRestsOnAFinalReportNeverRegresses) {
  for (const Event event : all_events) {
    EXPECT_FALSE(next({State::delivered, true}, event)) << label(State::delivered, event);
    const bool may = event == Event::repeated || event == Event::report_delivered;
    EXPECT_EQ(next({State::failed, true}, event).has_value(), may) << label(State::failed, event);
  }
  for (const Event event : all_events) {
    const auto standing = next({State::unconfirmed, true}, event);
    const bool may = event == Event::report_delivered || event == Event::report_failed;
    EXPECT_EQ(standing.has_value(), may) << label(State::unconfirmed, event);
  }
}

TEST(State, AReportOfDeliveryWinsOverAReportOfFailureAndOverNothingThatNeverLeft) {
  EXPECT_EQ(next({State::failed, true}, Event::report_delivered), (Standing{State::delivered, true}));
  for (const State state : {State::expired, State::blocked, State::cancelled}) {
    EXPECT_FALSE(next({state, false}, Event::report_delivered)) << to_string(state);
  }
}

TEST(State, ATemporaryReportNeverOverwritesAFinalOne) {
  for (const State state : all_states) EXPECT_FALSE(next({state, true}, Event::report_trying)) << to_string(state);
}

TEST(State, WhatMayHaveLeftIsNeverDispatchedAgainBySilence) {
  for (const State state : {State::submitted, State::delivered, State::unconfirmed, State::uncertain, State::failed}) {
    EXPECT_FALSE(next({state, false}, Event::dispatched)) << to_string(state);
  }
  EXPECT_EQ(next({State::uncertain, false}, Event::window_ended)->state, State::uncertain);
}

TEST(State, WhatIsSentOnceMoreRestsOnNothing) {
  EXPECT_EQ(next({State::failed, true}, Event::repeated), (Standing{State::retrying, false}));
  EXPECT_EQ(next({State::uncertain, false}, Event::repeated), (Standing{State::retrying, false}));
}

TEST(State, NamesRoundTripAndDiffer) {
  std::set<std::string_view> names;
  for (const State state : all_states) {
    EXPECT_EQ(state_from(to_string(state)), state);
    names.insert(to_string(state));
  }
  EXPECT_EQ(names.size(), all_states.size());
  std::set<std::string_view> events;
  for (const Event event : all_events) events.insert(to_string(event));
  EXPECT_EQ(events.size(), all_events.size());
  EXPECT_FALSE(state_from("sent"));
}

TEST(Status, TheClinicSeesThreeWords) {
  const StatusRules rules;
  EXPECT_EQ(to_string(status_of(State::queued, false, rules)), "Pending");
  EXPECT_EQ(to_string(status_of(State::submitted, false, rules)), "Pending");
  EXPECT_EQ(to_string(status_of(State::delivered, false, rules)), "Sent Successfully");
  EXPECT_EQ(to_string(status_of(State::unconfirmed, false, rules)), "Sent Successfully");
  EXPECT_EQ(to_string(status_of(State::uncertain, false, rules)), "Pending");
  EXPECT_EQ(to_string(status_of(State::uncertain, true, rules)), "Send Failed");
  for (const State state : {State::failed, State::expired, State::blocked, State::cancelled}) {
    EXPECT_EQ(status_of(state, false, rules), Status::failed);
  }
  EXPECT_EQ(status_of(State::submitted, false, {.network_confirms = true}), Status::sent);
  EXPECT_EQ(status_of(State::unconfirmed, false, {.unconfirmed_fails = true}), Status::failed);
  for (const Status status : {Status::pending, Status::sent, Status::failed}) {
    EXPECT_EQ(status_from(to_string(status)), status);
  }
}

}  // namespace
}  // namespace burstd::message

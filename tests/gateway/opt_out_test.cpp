#include "gateway/opt_out.hpp"

#include <gmock/gmock.h>

#include "gateway/doubt.hpp"
#include "gateway/house.hpp"
#include "gateway/receiver.hpp"
#include "gateway/sender.hpp"
#include "pdu/deliver.hpp"

namespace burstd::gateway::test {
namespace {

using namespace std::chrono_literals;
using message::Event;
using message::State;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string phone = "+41790000001";

class OptOutTest : public House {
 protected:
  static std::string pdu_of(const std::string& text, const pdu::Address& from, int second) {
    pdu::Deliver deliver;
    deliver.originator = from;
    deliver.timestamp = pdu::timestamp_at(base::from_millis(1'770'000'000'000) + std::chrono::seconds{second});
    deliver.user_data = pdu::user_data(text).value();
    deliver.coding_scheme = pdu::coding_scheme(deliver.user_data.encoding).value();
    return pdu::encode(deliver)->hex;
  }

  Consequences hears(const std::string& text, const pdu::Address& from, base::Milliseconds later = 1s) {
    return takes(pdu_of(text, from, ++x_second), later);
  }
  Consequences takes(const std::string& pdu, base::Milliseconds later = 1s, const std::string& sim = "sim-a") {
    const Arrival arrival{"modem1", sim, pdu, async::now().wall + later};
    return write([&](store::Transaction& transaction) -> base::Result<Consequences> {
      return receive(transaction, ledger, arrival).consequences;
    });
  }
  // It comes now; the service centre had it at that second.
  void sent_at(int second, const std::string& text, const std::string& sim = "sim-a") {
    takes(pdu_of(text, pdu::number_address(phone).value(), second), 1s, sim);
  }
  Consequences hears(const std::string& text, base::Milliseconds later = 1s) {
    return hears(text, pdu::number_address(phone).value(), later);
  }

  bool blocked() {
    return read([](const store::Connection& connection) { return store::is_opted_out(connection, phone); });
  }
  State state(message::Key key) { return record(key).progress.state; }
  store::Reply last_reply() {
    return read([](const store::Connection& connection) { return store::list_replies(connection, {}).front(); });
  }

  void answer_stops() {
    Options options = without_limits();
    options.replies.opt_out_confirmation = "You will get no more messages.";
    set(options);
  }

  std::vector<message::Part> two_parts(message::Key& key) {
    key = accept(draft(phone, std::string(200, 'a'))).key;
    return parts(key);
  }

 private:
  int x_second = 0;
};

TEST_F(OptOutTest, StopBlocksWhatWaitsInTheSameUnit) {
  const auto queued = accept(draft()).key;
  const auto later = accept(draft()).key;
  const auto other = accept(draft("+41790000002")).key;
  apply(later, Event::dispatched);
  apply(later, Event::refused_for_now);
  const auto consequences = hears(" stop\n");
  EXPECT_THAT(consequences.withdrawn, ElementsAre(queued, later));
  EXPECT_TRUE(blocked());
  for (const auto key : {queued, later}) {
    EXPECT_EQ(state(key), State::blocked);
    EXPECT_EQ(record(key).progress.error, "Recipient opted out");
    EXPECT_EQ(record(key).progress.error_code, "opted-out");
    EXPECT_EQ(history(key).back().event, "blocked");
  }
  EXPECT_EQ(state(other), State::queued);
}

TEST_F(OptOutTest, WhatSomebodySaysBesidesHasNoConsequences) {
  const auto queued = accept(draft()).key;
  for (const char* text : {"Please stop", "Cancel", "Yes", "No", "START"}) {
    EXPECT_THAT(hears(text).withdrawn, IsEmpty()) << text;
    EXPECT_FALSE(blocked()) << text;
  }
  EXPECT_EQ(state(queued), State::queued);
}

TEST_F(OptOutTest, OfWhatHasPartlyLeftTheRestIsGivenUp) {
  message::Key key = 0;
  ASSERT_EQ(two_parts(key).size(), 2U);
  apply(key, Event::dispatched, 1);
  apply(key, Event::accepted, 1);
  hears("STOP");
  EXPECT_EQ(parts(key)[0].standing.state, State::submitted);
  EXPECT_EQ(parts(key)[1].standing.state, State::failed);
  EXPECT_EQ(record(key).progress.error_code, "opted-out");
  EXPECT_THAT(record(key).progress.error.value(), testing::HasSubstr("incomplete"));
}

TEST_F(OptOutTest, WhatIsInDoubtStaysSoAndItsRestDoesNotGo) {
  message::Key key = 0;
  two_parts(key);
  apply(key, Event::dispatched, 1);
  apply(key, Event::lost, 1);
  const auto whole = accept(draft()).key;
  apply(whole, Event::dispatched);
  apply(whole, Event::lost);
  hears("STOP");
  EXPECT_EQ(state(whole), State::uncertain);
  EXPECT_EQ(parts(key)[0].standing.state, State::uncertain);
  EXPECT_EQ(parts(key)[1].standing.state, State::failed);
}

TEST_F(OptOutTest, WhatWaitsToBeSentOnceMoreAfterADoubtIsInDoubtAgain) {
  const auto key = accept(draft()).key;
  apply(key, Event::dispatched);
  apply(key, Event::lost);
  apply(key, Event::repeated);
  ASSERT_EQ(state(key), State::retrying);
  hears("STOP");
  EXPECT_EQ(state(key), State::uncertain) << "a copy of it may be on the phone: nobody says that it was not sent";
}

TEST_F(OptOutTest, AVerdictThatWouldHaveItTriedAgainBlocksIt) {
  Desk desk("sim-a");
  const auto message = accept(draft());
  store::Attempt attempt;
  attempt.message = message.key;
  attempt.modem = "modem1";
  attempt.sim = "sim-a";
  attempt.started_at = async::now().wall;
  attempt.result = "open";
  apply(message.key, Event::dispatched);
  const auto key = write([&](store::Transaction& transaction) -> base::Result<std::int64_t> {
    return store::insert_attempt(transaction, attempt);
  });
  hears("STOP");
  EXPECT_EQ(state(message.key), State::sending) << "it is on the air: the verdict comes first";
  const auto outcome = write([&](store::Transaction& transaction) -> base::Result<Outcome> {
    return settle(transaction, ledger, {key, modem::NotSent{"the link went down"}, async::now().wall});
  });
  EXPECT_FALSE(outcome.again);
  EXPECT_EQ(state(message.key), State::blocked);
}

TEST_F(OptOutTest, NothingBeginsOnceTheStopIsOnDisk) {
  const auto key = accept(draft()).key;
  // The plan and the record disagree, as for what a modem had fetched before the STOP came.
  const auto late = accept(draft());
  hears("STOP");
  const auto after = accept(draft());
  dispatcher->admit(message::job_of(late));
  dispatcher->admit(message::job_of(after));
  Desk desk("sim-a");
  const std::string modem = "modem1";
  auto serving = [&]() -> async::Task<> {
    async::Scope scope(co_await async::this_executor());
    scope.spawn(dispatcher->serve(modem, desk));
    co_await async::sleep_for(200ms);
    dispatcher->stop();
    co_await scope.join();
  };
  run(serving());
  EXPECT_THAT(desk.network, IsEmpty());
  for (const auto each : {key, late.key, after.key}) EXPECT_EQ(state(each), State::blocked);
}

TEST_F(OptOutTest, StartLiftsThePatientsOwnWordOnly) {
  hears("STOP");
  hears("Start");
  EXPECT_FALSE(blocked());
  write([&](store::Transaction& transaction) -> base::Result<bool> {
    store::OptOut row;
    row.number = phone;
    row.event = store::opt_out_added;
    row.user = row.client = row.reason = "anna";
    store::add_opt_out(transaction, row);
    return true;
  });
  hears("STOP");
  hears("START");
  EXPECT_TRUE(blocked());
}

TEST_F(OptOutTest, AStartThatWasSentBeforeTheStopAndComesAfterItLiftsNothing) {
  sent_at(100, "STOP");
  sent_at(50, "START");
  EXPECT_TRUE(blocked());
  EXPECT_EQ(last_reply().meaning, message::ReplyClass::start);
  EXPECT_FALSE(last_reply().acknowledged_at) << "staff see it";
  sent_at(101, "START");
  EXPECT_FALSE(blocked());
}

TEST_F(OptOutTest, AStopThatSaysWhatIsSoAlreadyIsNewerThanAStartBetweenThem) {
  sent_at(100, "STOP");
  sent_at(200, "Stop");
  sent_at(150, "START");
  EXPECT_TRUE(blocked());
}

TEST_F(OptOutTest, ALateStopBlocksAlsoWhereItIsOlderThanAStart) {
  sent_at(100, "STOP");
  sent_at(200, "START");
  sent_at(150, "Stop");
  EXPECT_TRUE(blocked());
}

TEST_F(OptOutTest, ACopyOfAStartLiftsNothingOnceMore) {
  sent_at(100, "STOP");
  sent_at(200, "START");
  EXPECT_FALSE(blocked());
  sent_at(150, "Stop");
  sent_at(200, "START", "sim-b");
  EXPECT_TRUE(blocked());
  sent_at(201, "START");
  EXPECT_FALSE(blocked());
}

TEST_F(OptOutTest, WithoutBothTimesNothingIsLifted) {
  const auto timeless = [](const std::string& text) {
    auto deliver =
        pdu::decode_deliver(pdu_of(text, pdu::number_address(phone).value(), 1), pdu::Prefix::either).value();
    deliver.timestamp = {};
    return pdu::encode(deliver)->hex;
  };
  sent_at(100, "STOP");
  takes(timeless("START"));
  EXPECT_TRUE(blocked()) << "when it was sent is not known";
  sent_at(200, "START");
  EXPECT_FALSE(blocked());
  takes(timeless("Stop"));
  sent_at(300, "START");
  EXPECT_TRUE(blocked()) << "when the STOP was sent is not known";
}

TEST_F(OptOutTest, StopIsAnsweredOnlyWhereThatIsConfigured) {
  EXPECT_THAT(hears("STOP").queued, IsEmpty());
  hears("START");
  answer_stops();
  const auto made = hears("STOP").queued;
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(made[0].number, phone);
  EXPECT_EQ(made[0].category, "direct");
  EXPECT_EQ(state(made[0].key), State::queued) << "allowed although the number is blocked";
  dispatcher->admit(message::job_of(made[0]));
  Desk desk("sim-a");
  desk.script = {modem::Accepted{7}};
  serve(desk);
  ASSERT_EQ(desk.network.size(), 1U);
  EXPECT_EQ(state(made[0].key), State::submitted);
}

TEST_F(OptOutTest, AConfirmationGoesOnceADayAndNeverToAMachine) {
  answer_stops();
  EXPECT_EQ(hears("STOP").queued.size(), 1U);
  hears("START");
  EXPECT_THAT(hears("STOP", 2s).queued, IsEmpty()) << "a second one on the same day";
  hears("START", 2s);
  EXPECT_EQ(hears("STOP", 25h).queued.size(), 1U) << "the next day";
  EXPECT_THAT(hears("STOP", 25h + 1s).queued, IsEmpty()) << "it answers our answer";
  hears("START", 26h);
  EXPECT_THAT(hears("STOP", 100h).queued, IsEmpty());
  EXPECT_TRUE(blocked());
}

TEST_F(OptOutTest, AConfirmationThatStillWaitsAtStartIsNotSent) {
  answer_stops();
  const auto made = hears("STOP").queued.at(0);
  EXPECT_THAT(hears("START").withdrawn, ElementsAre(made.key));
  EXPECT_EQ(state(made.key), State::cancelled);
}

TEST_F(OptOutTest, ShortCodesAndNamesAreNotAnswered) {
  answer_stops();
  for (const auto& from : {pdu::number_address("4040").value(), pdu::name_address("Shop").value()}) {
    const auto consequences = hears("STOP", from);
    EXPECT_THAT(consequences.queued, IsEmpty());
    EXPECT_EQ(last_reply().meaning, message::ReplyClass::stop) << "it is kept like any other";
    EXPECT_THAT(last_reply().matches, IsEmpty());
  }
}

// As some networks show a number: of no type that says how to read it.
class UnreadableSenderTest : public OptOutTest {
 protected:
  static pdu::Address of(const char* digits) { return {pdu::TypeOfNumber::network_specific, 1, digits}; }
  std::vector<std::string> warnings() {
    std::vector<std::string> found;
    const auto rows = read([](const store::Connection& connection) { return store::news_after(connection, 0, 500); });
    for (const auto& row : rows) {
      if (row.event == "stop-unheeded") found.push_back(row.detail.value_or(""));
    }
    return found;
  }
};

TEST_F(UnreadableSenderTest, AStopBlocksTheOneNumberThatItCanBeFrom) {
  const auto queued = accept(draft()).key;
  accept(draft("+41790000002"));
  EXPECT_THAT(hears("STOP", of("790000001")).withdrawn, ElementsAre(queued));
  EXPECT_TRUE(blocked());
  EXPECT_EQ(last_reply().sender, phone);
  EXPECT_THAT(warnings(), IsEmpty());
  hears("START", of("790000001"));
  EXPECT_TRUE(blocked()) << "what is not certain lifts nothing";
}

TEST_F(UnreadableSenderTest, AStopThatFitsNoNumberIsTold) {
  accept(draft("+41790000002"));
  hears("STOP", of("790000001"));
  hears("STOP", of("4040"));
  ASSERT_EQ(warnings().size(), 2U);
  EXPECT_THAT(warnings().at(0), testing::HasSubstr("ends in 001, is none of the numbers"));
  EXPECT_THAT(warnings().at(0), testing::Not(testing::HasSubstr("0001")));
  EXPECT_FALSE(blocked());
  hears("STOP", pdu::name_address("Shop").value());
  EXPECT_THAT(warnings().back(), testing::HasSubstr("which is a name"));
  EXPECT_FALSE(last_reply().acknowledged_at);
  hears("Please stop", of("790000001"));
  EXPECT_EQ(warnings().size(), 3U) << "only a STOP";
}

TEST_F(UnreadableSenderTest, AStopThatFitsSeveralNumbersBlocksNobodyAndIsTold) {
  accept(draft());
  accept(draft("+43790000001"));
  hears("STOP", of("790000001"));
  EXPECT_FALSE(blocked());
  ASSERT_EQ(warnings().size(), 1U);
  EXPECT_THAT(warnings().front(), testing::HasSubstr("may be several of the numbers"));
}

TEST_F(OptOutTest, AReplyMatchesWhatWasSentBeforeItAndCountsOn) {
  auto given = draft();
  given.patient = "4711";
  given.context = "visit 9";
  const auto sent = accept(given);
  dispatcher->admit(message::job_of(sent));
  Desk desk("sim-a");
  desk.script = {modem::Accepted{7}};
  serve(desk);
  accept(draft());
  hears("Yes");
  EXPECT_EQ(last_reply().meaning, message::ReplyClass::confirm);
  ASSERT_EQ(last_reply().matches.size(), 1U);
  EXPECT_EQ(last_reply().matches[0].id, sent.id);
  EXPECT_EQ(last_reply().matches[0].patient, "4711");
  EXPECT_EQ(last_reply().matches[0].context, "visit 9");
  EXPECT_TRUE(last_reply().in_window);
  EXPECT_FALSE(last_reply().ambiguous);
  EXPECT_EQ(last_reply().ordinal, 1);
  hears("No, sorry");
  EXPECT_EQ(last_reply().meaning, message::ReplyClass::other);
  EXPECT_EQ(last_reply().ordinal, 2);
  hears("Yes", pdu::number_address("+41790000009").value());
  EXPECT_THAT(last_reply().matches, IsEmpty());
  EXPECT_FALSE(last_reply().ordinal);
}

TEST(Sender, NumbersAreWholeHoweverANetworkShowsThem) {
  const auto of = [](pdu::TypeOfNumber type, const char* value) {
    return number_of({type, 1, value}, "CH").value_or("none");
  };
  EXPECT_EQ(of(pdu::TypeOfNumber::international, "41790000001"), phone);
  EXPECT_EQ(of(pdu::TypeOfNumber::national, "790000001"), phone);
  EXPECT_EQ(of(pdu::TypeOfNumber::national, "0790000001"), phone);
  EXPECT_EQ(of(pdu::TypeOfNumber::unknown, "0790000001"), phone);
  EXPECT_EQ(of(pdu::TypeOfNumber::unknown, "41790000001"), phone);
  EXPECT_EQ(of(pdu::TypeOfNumber::unknown, "0041790000001"), phone);
  EXPECT_EQ(of(pdu::TypeOfNumber::international, "4915112345678"), "+4915112345678");
  EXPECT_EQ(of(pdu::TypeOfNumber::unknown, "4040"), "none");
  EXPECT_EQ(of(pdu::TypeOfNumber::network_specific, "41790000001"), "none");
  EXPECT_EQ(of(pdu::TypeOfNumber::alphanumeric, "+41790000001"), "none");
  EXPECT_FALSE(number_of({pdu::TypeOfNumber::unknown, 1, ""}, "CH"));
}

}  // namespace
}  // namespace burstd::gateway::test

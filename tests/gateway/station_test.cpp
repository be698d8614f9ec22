// What a station answers its modem over a real record: who is welcome, whether a PIN may be typed, what a person's word
// changes, and whether reports come. The modem itself never runs here.
#include "gateway/station.hpp"

#include <gmock/gmock.h>

#include "gateway/berth.hpp"
#include "house.hpp"
#include "store/berths.hpp"

namespace burstd::gateway::test {
namespace {

using testing::HasSubstr;

const std::string station_imei = "490154203237518", station_card = "8949012345678901234";

modem::Identity identity_of(const std::string& imei, const std::string& iccid, const std::string& imsi = {}) {
  modem::Identity identity;
  identity.imei = imei;
  identity.iccid = iccid;
  identity.imsi = imsi;
  return identity;
}

class StationTest : public House {
 protected:
  StationTest() {
    options.name = "front";
    options.imei = station_imei;
    options.pin = "1234";
    begin();
  }
  ~StationTest() override { end(); }

  // The service starts, over the same record.
  void begin() {
    finder.emplace(loop.get_executor(), finding, drivers, std::vector<std::string>{});
    station =
        std::make_unique<Station>(loop.get_executor(), options,
                                  Shared{ledger, *writer, *reader, *dispatcher, changed, drivers, finding, *finder});
    host = station.get();
  }
  void end() {
    station.reset();
    finder.reset();
  }
  void restart() {
    end();
    close();
    open();
    begin();
  }

  template <class Value>
  Value told(async::Task<Value> task) {
    std::optional<Value> value;
    const auto asking = [&]() -> async::Task<> { value.emplace(co_await std::move(task)); };
    run(asking());
    return std::move(*value);
  }

  std::string welcome(const modem::Identity& identity) { return told(host->welcome(identity)).objection; }
  modem::PinLeave leave(const modem::Identity& identity, const std::string& pin = "1234", bool by_person = false) {
    return told(host->begin_pin(identity, pin, by_person));
  }
  void tried(const modem::Identity& identity, modem::PinEnd end, const std::string& pin = "1234") {
    const auto attempt = leave(identity, pin).attempt;
    ASSERT_TRUE(attempt);
    run(host->end_pin(*attempt, end));
  }
  // The modem shows its SIM locked.
  void locked(const modem::Identity& identity, std::optional<int> tries = 3) {
    modem::Status status;
    status.name = "front";
    status.state = modem::State::waiting;
    status.identity = identity;
    status.wants_pin = true;
    status.pin_tries = tries;
    host->status(status);
  }
  std::string unlock(modem::Release release = {}) {
    const auto done = station->unlock(std::move(release));
    return done ? std::string() : done.error().code;
  }
  std::optional<store::Berth> berth() {
    return read([](const store::Connection& connection) { return store::find_berth(connection, "front"); });
  }

  modem::Options options;
  modem::Finding finding{false, false, "/nonexistent", "/nonexistent"};
  std::vector<modem::Driver> drivers{modem::Driver{}};
  std::optional<modem::Finder> finder;
  std::unique_ptr<Station> station;
  modem::Host* host = nullptr;
  const modem::Identity known = identity_of(station_imei, station_card);
  const modem::Identity hidden = identity_of(station_imei, "");
};

TEST_F(StationTest, APinWithoutAnAnswerIsNotTriedAgainNotEvenAfterARestart) {
  EXPECT_TRUE(leave(known).attempt);
  EXPECT_FALSE(leave(known).attempt);
  restart();
  const auto again = leave(known);
  EXPECT_FALSE(again.attempt);
  EXPECT_THAT(again.refusal, HasSubstr("burstctl modem unlock front"));
  EXPECT_TRUE(leave(known, "0000").attempt) << "another PIN is another question";
}

TEST_F(StationTest, ARefusedPinStaysBlockedOverARestartAndAnAcceptedOneIsTypedAgain) {
  tried(known, modem::PinEnd::refused);
  tried(known, modem::PinEnd::accepted, "9876");
  restart();
  EXPECT_FALSE(leave(known).attempt);
  EXPECT_TRUE(leave(known, "9876").attempt);
}

TEST_F(StationTest, ASimThatHidesItsNumberGoesByTheModemAlsoWhenTheNumberIsKnownLater) {
  tried(hidden, modem::PinEnd::refused);
  restart();
  EXPECT_FALSE(leave(hidden).attempt);
  EXPECT_FALSE(leave(known).attempt);
  EXPECT_TRUE(leave(identity_of("356938035643809", station_card)).attempt) << "in another modem nothing is known of it";
}

TEST_F(StationTest, ABlockedPinIsTypedByAPersonsWordAndByNothingElse) {
  tried(known, modem::PinEnd::refused);
  EXPECT_FALSE(leave(known).attempt);
  EXPECT_TRUE(leave(known, "1234", true).attempt);
  EXPECT_FALSE(leave(known).attempt) << "the word is good for one attempt";
}

TEST_F(StationTest, APersonsWordAboutOnePinOpensNoOther) {
  tried(known, modem::PinEnd::refused, "1111");
  EXPECT_TRUE(leave(known, "5678", true).attempt);
  EXPECT_FALSE(leave(known, "1111").attempt);
}

TEST_F(StationTest, AReleaseOpensBothNamesOfACard) {
  tried(hidden, modem::PinEnd::unanswered);
  locked(known);
  EXPECT_EQ(unlock(), "");
  EXPECT_TRUE(leave(known, "1234", true).attempt);
}

TEST_F(StationTest, NoPinIsTypedWhereNobodyCouldCountTheTriesAndItIsSaid) {
  const auto none = leave(identity_of("", "", "262011234567890"));
  EXPECT_FALSE(none.attempt);
  EXPECT_THAT(none.refusal, HasSubstr("neither its IMEI"));
}

TEST_F(StationTest, ThePinOfTheFormerSimIsNotTypedOnTheOneThatAPersonPutInItsPlace) {
  const modem::Identity other = identity_of(station_imei, "8949012345678905678");
  EXPECT_EQ(welcome(known), "");
  const auto before = berth();
  write([&](store::Transaction& transaction) -> base::Result<bool> {
    store::save_berth(transaction, adopted(options, before, other, async::now().wall));
    return true;
  });
  EXPECT_EQ(welcome(other), "");
  EXPECT_THAT(leave(other).refusal, HasSubstr("PIN of its own"));
  const auto by_person = leave(other, "5555", true);
  ASSERT_TRUE(by_person.attempt);
  run(host->end_pin(*by_person.attempt, modem::PinEnd::accepted));
  EXPECT_TRUE(leave(other, "5555").attempt) << "accepted since";
  EXPECT_FALSE(leave(other, "1234").attempt);
}

TEST_F(StationTest, UnlockSaysWhyItIsOfNoUse) {
  EXPECT_EQ(unlock(), "pin-not-wanted");
  locked(known, 1);
  EXPECT_EQ(unlock(), "pin-last-try");
  EXPECT_EQ(unlock({"9999", false}), "pin-last-try");
  EXPECT_EQ(unlock({"9999", true}), "");
  locked(known, std::nullopt);
  EXPECT_EQ(unlock(), "");
  options.pin.reset();
  end();
  begin();
  locked(known);
  EXPECT_EQ(unlock(), "pin-missing");
  EXPECT_EQ(unlock({"9999", false}), "");
}

TEST_F(StationTest, WhatIsWelcomeIsRememberedAndAnotherSimIsNot) {
  EXPECT_EQ(welcome(identity_of(station_imei, station_card, "262011234567890")), "");
  ASSERT_TRUE(berth());
  EXPECT_EQ(berth()->iccid, station_card);
  EXPECT_EQ(berth()->sim, station_card);
  restart();
  const auto other = identity_of(station_imei, "8949012345678905678");
  EXPECT_THAT(welcome(other), HasSubstr("Another SIM"));
  ASSERT_TRUE(station->unwelcome());
  EXPECT_EQ(station->unwelcome()->iccid, other.iccid);
  EXPECT_EQ(berth()->iccid, station_card);
  EXPECT_EQ(welcome(known), "");
  EXPECT_FALSE(station->unwelcome());
}

TEST_F(StationTest, ALockedSimIsWelcomeAndNothingIsWrittenOfIt) {
  EXPECT_EQ(welcome(hidden), "");
  EXPECT_FALSE(berth());
  EXPECT_EQ(welcome(known), "");
  const auto first = berth()->bound_at;
  EXPECT_EQ(welcome(hidden), "");
  EXPECT_EQ(welcome(known), "");
  EXPECT_EQ(berth()->bound_at, first);
  EXPECT_EQ(berth()->iccid, station_card);
}

TEST_F(StationTest, ResetIsRefusedWhereNobodyIsToBeReset) {
  modem::Status status;
  for (const auto state : {modem::State::absent, modem::State::busy, modem::State::paused, modem::State::stopped}) {
    status.state = state;
    host->status(status);
    const auto done = station->reset();
    ASSERT_FALSE(done) << modem::to_string(state);
    EXPECT_EQ(done.error().code, "modem-away");
  }
  for (const auto state : {modem::State::ready, modem::State::quarantined, modem::State::waiting}) {
    status.state = state;
    host->status(status);
    EXPECT_TRUE(station->reset()) << modem::to_string(state);
  }
}

TEST_F(StationTest, TheNumberOfItsSimIsShownAsNumbersAre) {
  const auto shown = [&](const std::string& told) {
    modem::Status status;
    status.number = told;
    host->status(status);
    return station->last_status().number;
  };
  EXPECT_EQ(shown("+41791234567"), "+41791234567");
  EXPECT_EQ(shown("0791234567"), "+41791234567") << "as the SIM keeps it";
  EXPECT_EQ(shown("+8826123456"), "+8826123456") << "of no country";
  EXPECT_EQ(shown("333"), "") << "none that could be written to";
  EXPECT_EQ(shown(""), "");
}

TEST_F(StationTest, TheCreditIsReadByTheModemsOwnPattern) {
  options.balance.pattern = "Credit: ([0-9.]+)";
  end();
  begin();
  const auto credit = host->credit("4379999CA6EB403199AB060315AB52", 15);
  EXPECT_EQ(credit.answer, "Credit: 12.50 EUR");
  EXPECT_EQ(credit.amount, 12.5);
  EXPECT_EQ(host->credit("Service not available", 15).amount, std::nullopt);
}

TEST_F(StationTest, AReportPutsWhatIsToBeSentAgainIntoTheQueueAndALateDeliveryTakesItOut) {
  const auto message = accept(draft());
  dispatcher->admit(job_of(message));
  Desk desk(station_card);
  desk.script = {modem::Accepted{5}};
  serve(desk);
  EXPECT_EQ(dispatcher->waiting(), 0U);
  EXPECT_TRUE(told(host->report(known, report(5, message.number, 0x62))));
  EXPECT_EQ(dispatcher->waiting(), 1U);
  EXPECT_TRUE(told(host->report(known, report(5, message.number, 0))));
  EXPECT_EQ(dispatcher->waiting(), 0U);
  EXPECT_EQ(record(message.key).progress.state, message::State::delivered);
}

// So many messages that the network took, each so long ago.
class ReportsOfAStation : public StationTest {
 protected:
  void sent(int count, base::Milliseconds ago, const std::string& result = "accepted") {
    const auto message = accept(draft());
    for (int at = 0; at < count; ++at) {
      store::Attempt attempt;
      attempt.message = message.key;
      attempt.modem = "front";
      attempt.sim = station_card;
      attempt.started_at = async::now().wall - ago;
      attempt.result = result;
      write([&](store::Transaction& transaction) -> base::Result<std::int64_t> {
        return store::insert_attempt(transaction, attempt);
      });
    }
  }
  std::string weighed() {
    modem::Status status;
    status.identity = known;
    host->status(status);
    run(station->weigh_reports());
    host->status(status);
    return station->last_status().report_sentence;
  }
};

TEST_F(ReportsOfAStation, AreMissedOnceEnoughWasSentLongEnoughAgo) {
  sent(9, std::chrono::hours{2});
  sent(5, std::chrono::minutes{30});
  sent(5, std::chrono::hours{30});
  sent(5, std::chrono::hours{2}, "refused");
  EXPECT_EQ(weighed(), "");
  sent(1, std::chrono::hours{2});
  EXPECT_THAT(weighed(), HasSubstr("No delivery report has come"));
  EXPECT_THAT(weighed(), HasSubstr("No delivery report has come"));
}

TEST_F(ReportsOfAStation, AreNotMissedAnyMoreWhenOneComesIfOnlyForSomethingElse) {
  sent(10, std::chrono::hours{2});
  EXPECT_NE(weighed(), "");
  arrive(report(77, "+41790009999", 0), station_card);
  EXPECT_EQ(weighed(), "");
}

TEST_F(ReportsOfAStation, OfAnotherSimProveNothing) {
  sent(10, std::chrono::hours{2});
  arrive(report(77, "+41790009999", 0), "another sim");
  EXPECT_NE(weighed(), "");
}

TEST_F(StationTest, AReportOfAFirstCopyTakesTheSecondOutOfThePlan) {
  const auto message = accept(draft());
  dispatcher->admit(job_of(message));
  Desk desk("sim-a");
  desk.script = {modem::Unknown{"unplugged"}};
  serve(desk);
  dispatcher->admit(apply(message.key, message::Event::repeated).again);
  EXPECT_EQ(dispatcher->waiting(), 1U);
  EXPECT_TRUE(told(host->report(desk.identity(), report(9, message.number, 0))));
  EXPECT_EQ(record(message.key).progress.state, message::State::delivered);
  EXPECT_EQ(dispatcher->waiting(), 0U);
}

}  // namespace
}  // namespace burstd::gateway::test

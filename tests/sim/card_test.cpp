// SIMs: their PIN, their service centre, and how they change from modem to modem.
#include "lone_modem.hpp"

namespace burstd::sim {
namespace {

using testing::HasSubstr;

Options with_pin() {
  Options options;
  options.sim_pin = "1234";
  return options;
}

TEST(Card, WrongTriesOutliveAPowerCutAndTheRightPinForgivesThem) {
  LoneModem bench(with_pin());
  bench.say("ATE0+CMEE=1\r");
  bench.say("AT+CPIN=0000\r");
  bench.say("AT+CPIN=0000\r");
  bench.modem.unplug(false);
  bench.modem.power_on();
  bench.say("ATE0+CMEE=1\r");
  EXPECT_THAT(bench.say("AT+CPINR\r"), HasSubstr("+CPINR: SIM PIN,1,3\r\n"));
  EXPECT_EQ(bench.say("AT+CPIN=1234\r"), "\r\nOK\r\n");
  EXPECT_THAT(bench.say("AT+CPINR=\"SIM PIN\"\r"), HasSubstr("+CPINR: SIM PIN,3,3\r\n"));
  EXPECT_EQ(bench.of("pin").at(1).at("tries"), 1);
}

TEST(Card, ALockedSimIsLockedAfterAPowerCutToo) {
  LoneModem bench(with_pin());
  for (int times = 0; times < 3; ++times) bench.say("AT+CPIN=0000\r");
  bench.modem.unplug(false);
  bench.modem.power_on();
  EXPECT_THAT(bench.say("AT+CPIN?\r"), HasSubstr("+CPIN: SIM PUK"));
}

TEST(Card, ItsNumbersMayBeHiddenUntilThePinIsTyped) {
  for (const bool hides : {false, true}) {
    Options options = with_pin();
    options.pin_hides_sim = hides;
    Profile profile;
    profile.answers = {{"AT^ICCID?", "^ICCID: {iccid}\nOK"}};
    LoneModem bench(options, profile);
    const std::string iccid = bench.modem.identity().iccid;
    bench.say("ATE0+CMEE=1\r");
    EXPECT_EQ(bench.say("AT+CIMI\r"), "\r\n+CME ERROR: 11\r\n");
    EXPECT_EQ(bench.say("AT+CCID\r") == "\r\n+CME ERROR: 11\r\n", hides);
    EXPECT_EQ(bench.say("AT^ICCID?\r") == "\r\n+CME ERROR: 11\r\n", hides);
    bench.say("AT+CPIN=1234\r");
    EXPECT_THAT(bench.say("AT+CCID\r"), HasSubstr(iccid));
    EXPECT_THAT(bench.say("AT^ICCID?\r"), HasSubstr(iccid));
  }
}

TEST(Card, AnotherSimHasItsOwnNumbersReferenceTriesAndMessages) {
  LoneModem bench(with_pin());
  const Identity before = bench.modem.identity();
  const auto lines = write_letter({"+99900000001", somebody, "Yes", bench.agenda.now().wall, 1});
  bench.modem.letter(lines->front(), somebody);
  bench.say("AT+CPIN=0000\r");
  bench.modem.unplug(false);
  bench.modem.swap_card(bench.network.cards().fresh_iccid(1), false);
  bench.modem.power_on();
  EXPECT_NE(bench.modem.identity().imsi, before.imsi);
  EXPECT_EQ(bench.modem.identity().imei, before.imei);
  EXPECT_EQ(bench.modem.card().tries, 3);
  bench.say("ATE0\r");
  bench.say("AT+CPIN=1234\r");
  EXPECT_EQ(bench.submit(somebody), "\r\n+CMGS: 0\r\n\r\nOK\r\n");
  EXPECT_EQ(bench.submit(somebody), "\r\n+CMGS: 1\r\n\r\nOK\r\n");
  EXPECT_THAT(bench.say("AT+CPMS?\r"), HasSubstr("\"SM\",0,50"));
  bench.modem.swap_card(before.iccid, false);
  EXPECT_EQ(bench.modem.identity().imsi, before.imsi);
  EXPECT_EQ(bench.modem.card().tries, 2);
  EXPECT_EQ(bench.modem.next_reference(), 0);
  EXPECT_EQ(bench.modem.routing().memories().at("SM").used(), 1);
  EXPECT_EQ(bench.of("swap_sim").at(1).at("imsi").as_string(), before.imsi);
}

TEST(Card, ASwapInARunningModemMakesItStartAnew) {
  LoneModem bench;
  bench.set_up();
  bench.modem.swap_card(bench.network.cards().fresh_iccid(1), true);
  EXPECT_EQ(bench.say("AT\r"), "");
  bench.pass(300);
  EXPECT_EQ(bench.heard(), "\r\nRDY\r\n");
  EXPECT_THAT(bench.say("AT+CNMI?\r"), HasSubstr("+CNMI: 0,0,0,0,0"));
}

TEST(Card, AReportForTheFormerSimDoesNotReachTheNewOne) {
  for (const bool holds : {false, true}) {
    Options options;
    options.hold_unacknowledged = holds;
    LoneModem bench(options);
    const Identity before = bench.modem.identity();
    bench.set_up();
    bench.submit(somebody);
    bench.modem.swap_card(bench.network.cards().fresh_iccid(1), false);
    bench.set_up();
    bench.pass(5000);
    EXPECT_TRUE(bench.of("report").empty());
    const auto gone = bench.of(holds ? "report_held" : "report_lost");
    EXPECT_EQ(gone.at(0).at("why"), "sim-removed");
    EXPECT_EQ(gone.at(0).at("imsi").as_string(), before.imsi);
    bench.modem.swap_card(before.iccid, false);
    bench.set_up();
    bench.pass(5000);
    EXPECT_EQ(bench.of("report").size(), holds ? 1U : 0U);
  }
}

TEST(Card, TheServiceCentreIsToldChangedAndMissed) {
  LoneModem bench;
  bench.set_up();
  EXPECT_EQ(bench.say("AT+CSCA?\r"), "\r\n+CSCA: \"+99900000001\",145\r\n\r\nOK\r\n");
  bench.modem.card().centre.clear();
  EXPECT_EQ(bench.say("AT+CSCA?\r"), "\r\n+CSCA: \"\",129\r\n\r\nOK\r\n");
  EXPECT_EQ(bench.submit(somebody), "\r\n+CMS ERROR: 330\r\n");
  EXPECT_TRUE(bench.of("network").empty());
  EXPECT_EQ(bench.of("refused").at(0).at("code"), 330);
  EXPECT_EQ(bench.say("AT+CSCA=\"+99900000009\",145\r"), "\r\nOK\r\n");
  EXPECT_THAT(bench.say("AT+CSCA?\r"), HasSubstr("\"+99900000009\",145"));
  EXPECT_THAT(bench.submit(somebody), HasSubstr("+CMGS: "));
}

}  // namespace
}  // namespace burstd::sim

// What befalls a modem that must be kept alive: deafness, wedging, lost settings, restarts, reports that wait.
#include "lone_modem.hpp"

namespace burstd::sim {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

TEST(Fault, ADeafModemAnswersAfterwardsWhatItWasAsked) {
  LoneModem bench;
  bench.set_up();
  bench.modem.deafen(base::Milliseconds{700});
  EXPECT_EQ(bench.say("AT+CGMM\rAT\r"), "");
  bench.pass(699);
  EXPECT_EQ(bench.heard(), "");
  bench.pass(1);
  EXPECT_EQ(bench.heard(), "\r\nPM-1\r\n\r\nOK\r\n\r\nOK\r\n");
}

TEST(Fault, AVerdictAndAReportWaitForTheEndOfDeafness) {
  Options options;
  options.air = base::Milliseconds{100};
  options.report = base::Milliseconds{100};
  LoneModem bench(options);
  bench.set_up();
  bench.submit(somebody);
  bench.pass(100);
  bench.heard();
  bench.submit(somebody);
  bench.modem.deafen(base::Milliseconds{900});
  bench.pass(899);
  EXPECT_EQ(bench.heard(), "");
  EXPECT_EQ(bench.of("verdict").size(), 1U);
  bench.pass(1);
  EXPECT_THAT(bench.heard(), testing::AllOf(HasSubstr("+CMGS: 1"), HasSubstr("+CDS: ")));
  bench.pass(200);
  EXPECT_EQ(bench.of("report").size(), 2U);
}

TEST(Fault, ASoftWedgeIsCuredByTheResetCommandAndAHardOneByPowerOnly) {
  for (const auto wedge : {Modem::Wedge::soft, Modem::Wedge::hard}) {
    LoneModem bench;
    bench.set_up();
    bench.modem.wedge(wedge);
    EXPECT_EQ(bench.say("AT\rAT+CFUN=1\r"), "");
    EXPECT_EQ(bench.say("AT+CFUN=1,1\r"), "");
    bench.pass(1000);
    const bool soft = wedge == Modem::Wedge::soft;
    EXPECT_EQ(bench.heard(), soft ? "\r\nRDY\r\n" : "");
    EXPECT_EQ(bench.say("ATE0\r").empty(), !soft);
    bench.modem.unplug(false);
    bench.modem.power_on();
    EXPECT_THAT(bench.say("AT\r"), HasSubstr("OK"));
  }
}

TEST(Fault, TheProfilesResetCommandCuresASoftWedge) {
  Profile profile;
  profile.resets = {"AT^RESET"};
  profile.reset_unplugs = true;
  LoneModem bench({}, profile);
  bench.modem.wedge(Modem::Wedge::soft);
  bench.say("at^reset\r");
  bench.pass(0);
  EXPECT_EQ(bench.wire.reboots, 1);
}

TEST(Fault, AForgetfulModemLosesItsSettingsAndSaysNothing) {
  Options options;
  options.sim_pin = "1234";
  LoneModem bench(options);
  bench.set_up();
  bench.say("AT+CPIN=1234\r");
  bench.set_up();
  bench.say("AT+CMEE=1;+CREG=1\r");
  bench.modem.forget();
  EXPECT_EQ(bench.heard(), "");
  EXPECT_EQ(bench.say("AT\r"), "AT\r\r\nOK\r\n");
  EXPECT_THAT(bench.say("AT+CPIN?\r"), HasSubstr("SIM PIN"));
  EXPECT_THAT(bench.say("AT+CPIN=1234;+CNMI?\r"), HasSubstr("+CNMI: 0,0,0,0,0"));
}

TEST(Fault, ARestartOnTheAirSendsTheMessageWithoutAVerdict) {
  Options options;
  options.air = base::Milliseconds{500};
  LoneModem bench(options);
  bench.set_up();
  bench.submit(somebody);
  bench.modem.restart();
  bench.pass(2000);
  EXPECT_EQ(bench.heard(), "\r\nRDY\r\n");
  EXPECT_EQ(bench.of("network").size(), 1U);
  EXPECT_TRUE(bench.of("verdict").empty());
  EXPECT_EQ(bench.of("reboot").size(), 1U);
  EXPECT_EQ(bench.of("report_lost").at(0).at("why"), "not-routed");
}

TEST(Fault, TheReportsOfOneModemMayBeEaten) {
  LoneModem bench;
  bench.set_up();
  bench.modem.faults.eat_reports = true;
  bench.submit(somebody);
  bench.pass(1000);
  EXPECT_TRUE(bench.of("report").empty());
  EXPECT_EQ(bench.of("report_lost").at(0).at("why"), "eaten");
  bench.modem.faults.eat_reports = false;
  bench.submit(somebody);
  bench.pass(1000);
  EXPECT_EQ(bench.of("report").size(), 1U);
}

TEST(HoldingNetwork, AReportToAClosedPortComesWhenSomebodyListensAgain) {
  Options options;
  options.hold_unacknowledged = true;
  LoneModem bench(options);
  bench.set_up();
  bench.submit(somebody);
  bench.wire.opened = false;
  bench.modem.closed();
  bench.pass(3000);
  EXPECT_EQ(bench.of("report_held").at(0).at("why"), "closed");
  bench.wire.opened = true;
  bench.pass(1000);
  EXPECT_EQ(bench.of("report").size(), 1U);
  EXPECT_TRUE(bench.of("report_lost").empty());
}

TEST(HoldingNetwork, AnUnacknowledgedReportIsRepeatedAcrossAnUnplug) {
  Options options;
  options.hold_unacknowledged = true;
  LoneModem bench(options);
  bench.set_up();
  bench.say("AT+CSMS=1\r");
  bench.submit(somebody);
  bench.pass(300);
  EXPECT_EQ(bench.of("report").size(), 1U);
  bench.modem.unplug(false);
  bench.modem.power_on();
  bench.pass(5000);
  EXPECT_EQ(bench.of("report").size(), 1U);
  bench.set_up();
  bench.say("AT+CSMS=1\r");
  bench.pass(1000);
  EXPECT_EQ(bench.of("report").size(), 2U);
  EXPECT_EQ(bench.say("AT+CNMA\r"), "\r\nOK\r\n");
  bench.pass(60'000);
  EXPECT_EQ(bench.of("report").size(), 2U);
  EXPECT_EQ(bench.network.mailbox().size(), 0U);
}

TEST(HoldingNetwork, NothingComesToAModemThatIsNotRegistered) {
  Options options;
  options.hold_unacknowledged = true;
  LoneModem bench(options);
  bench.set_up();
  bench.submit(somebody);
  bench.modem.set_registration(2);
  bench.pass(10'000);
  EXPECT_TRUE(bench.of("report").empty());
  EXPECT_EQ(bench.of("report_held").at(0).at("why"), "not-registered");
  bench.modem.set_registration(1);
  bench.pass(1000);
  EXPECT_THAT(bench.heard(), HasSubstr("+CDS: "));
}

TEST(HoldingNetwork, AFullMemoryOfReportsDelaysThemOnly) {
  Options options;
  options.hold_unacknowledged = true;
  Profile profile;
  profile.storage.slots["SR"] = 1;
  LoneModem bench(options, profile);
  bench.set_up("2,1,0,2,0");
  bench.submit(somebody);
  bench.submit(somebody);
  bench.pass(9000);
  EXPECT_EQ(bench.of("report_held").size(), 1U);
  EXPECT_EQ(bench.of("report_held").at(0).at("why"), "memory-full");
  bench.say("AT+CPMS=\"SR\";+CMGD=1\r");
  bench.pass(1000);
  EXPECT_EQ(bench.of("report_stored").size(), 2U);
}

TEST(Ussd, TheNetworkAnswersAfterAWhileInTheModemsForm) {
  for (const auto& [form, text] :
       std::vector<std::pair<UssdForm, std::string>>{{UssdForm::text, "\"Bal 1\",15"},
                                                     {UssdForm::ucs2, "\"00420061006C00200031\",72"},
                                                     {UssdForm::gsm7, "\"C2301B1403\",15"}}) {
    Options options;
    options.ussd_text = "Bal 1";
    options.ussd_form = form;
    LoneModem bench(options);
    bench.set_up();
    EXPECT_EQ(bench.say("AT+CUSD=1,\"*100#\",15\r"), "\r\nOK\r\n");
    bench.pass(199);
    EXPECT_EQ(bench.heard(), "");
    bench.pass(1);
    EXPECT_EQ(bench.heard(), "\r\n+CUSD: 0," + text + "\r\n");
    EXPECT_EQ(bench.of("ussd").at(0).at("text"), "*100#");
    EXPECT_EQ(bench.of("ussd").at(1).at("what"), "answered");
  }
}

TEST(Ussd, SevenCharactersArePackedWithAPaddingReturn) {
  EXPECT_EQ(written("1234567", UssdForm::gsm7), "31D98C56B3DD1A");
}

TEST(Ussd, ACancelledOneIsNotAnswered) {
  LoneModem bench;
  bench.set_up();
  bench.say("AT+CUSD=1,\"*100#\",15\r");
  EXPECT_EQ(bench.say("AT+CUSD=2\r"), "\r\nOK\r\n");
  bench.pass(1000);
  EXPECT_EQ(bench.heard(), "");
  EXPECT_EQ(bench.of("ussd").at(1).at("what"), "cancelled");
}

TEST(Ussd, TheAnswerWaitsUntilTheAirIsFree) {
  Options options;
  options.air = base::Milliseconds{1000};
  LoneModem bench(options);
  bench.set_up();
  bench.say("AT+CUSD=1,\"*100#\",15\r");
  bench.submit(somebody);
  bench.pass(999);
  EXPECT_EQ(bench.heard(), "");
  bench.pass(60);
  EXPECT_THAT(bench.heard(), EndsWith("\r\nOK\r\n\r\n+CUSD: 0,\"Your balance is 12.50\",15\r\n"));
}

TEST(Ussd, WithoutANetworkOrWithASilentOneThereIsNoAnswer) {
  LoneModem bench;
  bench.set_up();
  bench.say("AT+CMEE=1\r");
  bench.modem.set_registration(2);
  EXPECT_EQ(bench.say("AT+CUSD=1,\"*100#\",15\r"), "\r\n+CME ERROR: 30\r\n");
  bench.modem.set_registration(1);
  bench.modem.ussd().silent = true;
  EXPECT_EQ(bench.say("AT+CUSD=1,\"*100#\",15\r"), "\r\nOK\r\n");
  bench.pass(60'000);
  EXPECT_EQ(bench.heard(), "");
}

}  // namespace
}  // namespace burstd::sim

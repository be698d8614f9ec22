#include "lone_modem.hpp"

namespace burstd::sim {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

TEST(Modem, EchoesUntilItIsToldNotTo) {
  LoneModem bench;
  EXPECT_EQ(bench.say("AT\r"), "AT\r\r\nOK\r\n");
  EXPECT_EQ(bench.say("ATE0\r"), "ATE0\r\r\nOK\r\n");
  EXPECT_EQ(bench.say("AT\r"), "\r\nOK\r\n");
}

TEST(Modem, AStubbornEchoCannotBeSwitchedOff) {
  Options options;
  options.stubborn_echo = true;
  LoneModem bench(options);
  bench.say("ATE0\r");
  EXPECT_EQ(bench.say("AT\r"), "AT\r\r\nOK\r\n");
}

TEST(Modem, SpeaksTheSameOctetByOctet) {
  const std::string session = "ATE0V1+CMEE=1\rAT+CGMI;+CGSN;+CIMI\rAT+CREG?;+CEREG=2;+CEREG?\rAT+NONE\rAT+CSQ\r";
  LoneModem whole;
  LoneModem pieces;
  const auto at_once = whole.say(session);
  std::string by_octet;
  for (const char octet : session) by_octet += pieces.say(std::string_view(&octet, 1));
  EXPECT_EQ(at_once, by_octet);
  EXPECT_THAT(at_once, HasSubstr("+CEREG: 2,1"));
}

TEST(Modem, ChainedCommandsEndWithTheFirstThatFails) {
  LoneModem bench;
  bench.say("ATE0\r");
  EXPECT_EQ(bench.say("ATV1+CMGF=1;+CGMI\r"), "\r\n+CMS ERROR: 303\r\n");
  EXPECT_EQ(bench.say("AT+CMGF=0;+CGMM\r"), "\r\nPM-1\r\n\r\nOK\r\n");
}

TEST(Modem, AnswersInNumbersAfterV0AndNotAtAllAfterQ1) {
  LoneModem bench;
  bench.say("ATE0\r");
  EXPECT_EQ(bench.say("ATV0\r"), "0\r");
  EXPECT_EQ(bench.say("AT+NONE\r"), "4\r");
  EXPECT_EQ(bench.say("ATQ1\r"), "");
  EXPECT_EQ(bench.say("AT\r"), "");
}

TEST(Modem, TellsErrorsAsCmeeWantsThem) {
  Options options;
  options.sim_pin = "1234";
  LoneModem bench(options);
  bench.say("ATE0\r");
  EXPECT_EQ(bench.say("AT+CIMI\r"), "\r\nERROR\r\n");
  bench.say("AT+CMEE=1\r");
  EXPECT_EQ(bench.say("AT+CIMI\r"), "\r\n+CME ERROR: 11\r\n");
  bench.say("AT+CMEE=2\r");
  EXPECT_EQ(bench.say("AT+CIMI\r"), "\r\n+CME ERROR: SIM PIN required\r\n");
}

TEST(Modem, ThePinOpensTheSimAndThreeWrongOnesLockIt) {
  Options options;
  options.sim_pin = "1234";
  LoneModem right(options);
  right.say("ATE0+CMEE=1\r");
  EXPECT_EQ(right.say("AT+CPIN?\r"), "\r\n+CPIN: SIM PIN\r\n\r\nOK\r\n");
  EXPECT_EQ(right.say("AT+CREG?\r"), "\r\n+CREG: 0,0\r\n\r\nOK\r\n");
  EXPECT_EQ(right.say("AT+CMGS=20\r"), "\r\n+CMS ERROR: 311\r\n");
  EXPECT_EQ(right.say("AT+CPIN=\"1234\"\r"), "\r\nOK\r\n");
  EXPECT_EQ(right.say("AT+CPIN?\r"), "\r\n+CPIN: READY\r\n\r\nOK\r\n");
  LoneModem wrong(options);
  wrong.say("ATE0+CMEE=1\r");
  for (int times = 0; times < 3; ++times) EXPECT_EQ(wrong.say("AT+CPIN=0000\r"), "\r\n+CME ERROR: 16\r\n");
  EXPECT_EQ(wrong.say("AT+CPIN=1234\r"), "\r\n+CME ERROR: 12\r\n");
  EXPECT_EQ(wrong.of("pin").size(), 3U);
}

TEST(Modem, AMessageIsReadReachesTheNetworkAndGetsItsReference) {
  LoneModem bench;
  bench.set_up();
  EXPECT_EQ(bench.submit("+41791234567", "Grüezi"), "\r\n+CMGS: 0\r\n\r\nOK\r\n");
  const auto submit = bench.of("submit");
  ASSERT_EQ(submit.size(), 1U);
  EXPECT_EQ(submit[0].at("to"), "+41791234567");
  EXPECT_EQ(submit[0].at("text"), "Grüezi");
  EXPECT_EQ(submit[0].at("encoding"), "gsm7");
  EXPECT_EQ(submit[0].at("srr"), true);
  EXPECT_TRUE(submit[0].at("concat").is_null());
  EXPECT_EQ(bench.of("network").at(0).at("serial"), 1);
  EXPECT_EQ(bench.of("verdict").at(0).at("mr"), 0);
}

TEST(Modem, KnowsThePartsOfALongMessage) {
  LoneModem bench;
  bench.set_up();
  const std::string text(200, 'x');
  bench.submit("+41791234567", text, 1);
  bench.submit("+41791234567", text, 2);
  const auto concat = bench.of("network").at(1).at("concat").as_object();
  EXPECT_EQ(concat.at("reference"), 7);
  EXPECT_EQ(concat.at("total"), 2);
  EXPECT_EQ(concat.at("part"), 2);
  EXPECT_EQ(bench.of("network").at(1).at("text").as_string().size(), 47U);
}

TEST(Modem, TheReferenceWrapsAfter255) {
  LoneModem bench;
  bench.set_up("2,1,0,0,0");
  for (int times = 0; times < 256; ++times) bench.submit("+41791234567");
  EXPECT_EQ(bench.submit("+41791234567"), "\r\n+CMGS: 0\r\n\r\nOK\r\n");
  EXPECT_EQ(bench.of("network").back().at("serial"), 257);
}

TEST(Modem, AWrongLengthOrNoPduIs304AndNothingLeaves) {
  LoneModem bench;
  bench.set_up();
  bench.say("AT+CMGS=23\r");
  EXPECT_EQ(bench.say("0001000B911497214365F70000054E\x1A"), "\r\n+CMS ERROR: 304\r\n");
  bench.say("AT+CMGS=23\r");
  EXPECT_EQ(bench.say("hello\x1A"), "\r\n+CMS ERROR: 304\r\n");
  EXPECT_EQ(bench.of("invalid").size(), 2U);
  EXPECT_TRUE(bench.of("network").empty());
  EXPECT_EQ(bench.say("AT\r"), "\r\nOK\r\n");
}

TEST(Modem, EscapeLeavesThePromptWithoutSending) {
  LoneModem bench;
  bench.set_up();
  bench.say("AT+CMGS=23\r");
  EXPECT_EQ(bench.say("0001\x1B"), "\r\nOK\r\n");
  EXPECT_EQ(bench.of("abandoned").size(), 1U);
  EXPECT_TRUE(bench.of("submit").empty());
}

TEST(Modem, ThePromptComesWhenItIsTime) {
  Options options;
  options.prompt = base::Milliseconds{40};
  LoneModem bench(options);
  bench.set_up();
  EXPECT_EQ(bench.say("AT+CMGS=23\r"), "");
  bench.pass(39);
  EXPECT_EQ(bench.wire.said, "");
  bench.pass(1);
  EXPECT_EQ(bench.wire.said, "\r\n> ");
}

TEST(Modem, OnTheAirItHoldsBackCommandsAndTellsOfThem) {
  Options options;
  options.air = base::Milliseconds{500};
  LoneModem bench(options);
  bench.set_up();
  EXPECT_EQ(bench.submit("+41791234567"), "");
  EXPECT_EQ(bench.say("AT+CSQ\r"), "");
  EXPECT_TRUE(bench.of("network").empty());
  bench.pass(500);
  EXPECT_THAT(bench.wire.said, StartsWith("\r\n+CMGS: 0\r\n\r\nOK\r\n\r\n+CSQ: "));
  EXPECT_EQ(bench.of("intrusion").at(0).at("octets"), 7);
}

TEST(Modem, ARefusalComesAfterTheAirAndHasNotLeft) {
  Options options;
  options.air = base::Milliseconds{100};
  LoneModem bench(options);
  bench.network.rules().refuse("*567", Refusal{38, false}, 1);
  bench.set_up();
  bench.submit("+41791234567");
  bench.pass(100);
  EXPECT_EQ(bench.wire.said, "\r\n+CMS ERROR: 38\r\n");
  EXPECT_TRUE(bench.of("network").empty());
  EXPECT_EQ(bench.of("refused").at(0).at("code"), 38);
  bench.submit("+41791234567");
  bench.pass(100);
  EXPECT_EQ(bench.wire.said, "\r\n+CMGS: 1\r\n\r\nOK\r\n");
}

TEST(Modem, ARefusalThatLiesIsSentAndReported) {
  LoneModem bench;
  bench.network.rules().refuse("*", Refusal{500, true});
  bench.set_up();
  EXPECT_EQ(bench.submit("+41791234567"), "\r\n+CMS ERROR: 500\r\n");
  EXPECT_EQ(bench.of("network").size(), 1U);
  bench.pass(1000);
  EXPECT_EQ(bench.of("report").size(), 1U);
}

TEST(Modem, ARefusalAtThePromptIsSpentByItsCount) {
  LoneModem bench;
  bench.set_up();
  bench.modem.refuse_at_prompt(302, 2);
  EXPECT_EQ(bench.say("AT+CMGS=23\r"), "\r\n+CMS ERROR: 302\r\n");
  EXPECT_EQ(bench.say("AT+CMGS=23\r"), "\r\n+CMS ERROR: 302\r\n");
  EXPECT_EQ(bench.say("AT+CMGS=23\r"), "\r\n> ");
}

TEST(Modem, ASwallowedVerdictIsSentAllTheSame) {
  LoneModem bench;
  bench.set_up();
  bench.modem.faults.swallow = true;
  EXPECT_EQ(bench.submit("+41791234567"), "");
  EXPECT_EQ(bench.of("network").size(), 1U);
  EXPECT_EQ(bench.of("swallowed").size(), 1U);
  EXPECT_EQ(bench.say("AT\r"), "\r\nOK\r\n");
  EXPECT_EQ(bench.submit("+41791234567"), "\r\n+CMGS: 1\r\n\r\nOK\r\n");
}

TEST(Modem, UnpluggedOnTheAirAMessageReachesTheNetworkOrIsLost) {
  Options options;
  options.air = base::Milliseconds{100};
  LoneModem bench(options);
  bench.set_up();
  bench.submit("+41791234567");
  bench.wire.opened = false;
  bench.modem.unplug(false);
  EXPECT_EQ(bench.of("network").size(), 1U);
  bench.wire.opened = true;
  bench.set_up();
  bench.submit("+41791234567");
  bench.modem.unplug(true);
  bench.pass(1000);
  EXPECT_EQ(bench.of("network").size(), 1U);
  EXPECT_EQ(bench.of("lost").size(), 1U);
  EXPECT_TRUE(bench.of("verdict").empty());
}

TEST(Modem, AVerdictNobodyHearsIsCalledLost) {
  Options options;
  options.air = base::Milliseconds{100};
  LoneModem bench(options);
  bench.set_up();
  bench.submit("+41791234567");
  bench.wire.opened = false;
  bench.modem.closed();
  bench.pass(100);
  EXPECT_EQ(bench.of("verdict_lost").size(), 1U);
  EXPECT_TRUE(bench.of("verdict").empty());
}

TEST(Modem, HungItSaysNothingUntilItIsFreed) {
  LoneModem bench;
  bench.set_up();
  bench.modem.hang(true);
  EXPECT_EQ(bench.say("AT\r"), "");
  bench.modem.hang(false);
  EXPECT_EQ(bench.say("AT\r"), "\r\nOK\r\n");
}

TEST(Modem, WithoutRegistrationNothingIsSent) {
  LoneModem bench;
  bench.set_up();
  bench.say("AT+CREG=1\r");
  bench.modem.set_registration(3);
  EXPECT_EQ(bench.wire.said, "\r\n+CREG: 3\r\n");
  EXPECT_EQ(bench.say("AT+CMGS=23\r"), "\r\n+CMS ERROR: 331\r\n");
}

TEST(Modem, ARebootForgetsTheSettingsAndIsDeafForAWhile) {
  LoneModem bench;
  bench.set_up();
  EXPECT_EQ(bench.say("AT+CFUN=1,1\r"), "\r\nOK\r\n");
  bench.pass(10);
  EXPECT_EQ(bench.say("AT\r"), "");
  bench.pass(500);
  EXPECT_THAT(bench.wire.said, HasSubstr("RDY"));
  EXPECT_THAT(bench.say("AT+CNMI?\r"), EndsWith("+CNMI: 0,0,0,0,0\r\n\r\nOK\r\n"));
}

TEST(Modem, APduOnTheCommandLineIsStrayAndUnanswered) {
  LoneModem bench;
  bench.set_up();
  EXPECT_EQ(bench.say("0001000B911497214365F70000054E\r\x1A"), "");
  EXPECT_EQ(bench.of("stray").size(), 1U);
}

}  // namespace
}  // namespace burstd::sim

// The families of real modems: every file of tests/profiles is read, and its modem behaves as the family does.
#include "sim/profile.hpp"

#include <algorithm>
#include <filesystem>

#include "lone_modem.hpp"

namespace burstd::sim {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* folder = BURSTD_TESTS "/profiles/";
Profile family(const std::string& name) {
  const auto profile = load_profile(folder + name + ".json");
  EXPECT_TRUE(profile.has_value()) << (profile ? "" : profile.error().sentence);
  return profile ? *profile : Profile{};
}

// Past the time in which the SIM is not ready, with its first words taken, and without its talk.
struct Ready : LoneModem {
  explicit Ready(const std::string& name, Options given = {}) : LoneModem(std::move(given), family(name)) {
    pass(6000);
    for (const auto& command : profile.chatter.silenced_by) say(command + "\r");
    say("ATE0+CMEE=1\r");
  }
};

struct Family {
  const char* name;
  std::vector<const char*> accepted;
  std::vector<const char*> refused;
};

const Family families[] = {
    {"generic", {"2,1,0,1,0", "2,1,0,2,0", "3,3,3,0,1"}, {"4,1,0,1,0", "2,1,0,3,0"}},
    {"huawei", {"1,1,0,1,0", "2,1,0,2,0", "2,1,0,0,0"}, {"2,1,0,1,0", "3,1,0,1,0", "2,1,1,2,0"}},
    {"zte", {"1,1,0,1,0", "1,1,0,2,0"}, {"2,1,0,1,0", "2,1,0,2,0"}},
    {"simcom_uart", {"2,1,0,1,0", "2,2,0,1,0"}, {"2,1,0,2,0"}},
    {"simcom_7600", {"2,1,0,1,0", "2,1,0,2,0"}, {"3,1,0,1,0"}},
    {"simcom_a7670", {"2,2,0,0,0", "2,1,0,1,0"}, {"2,2,0,1,0"}},
    {"quectel", {"2,1,0,1,0", "2,1,0,2,0"}, {"3,1,0,1,0", "2,1,1,1,0"}},
    {"telit", {"2,1,0,1,0", "2,1,0,2,0", "3,1,0,1,0"}, {"2,1,1,1,0"}},
    {"sierra", {"2,1,0,1,0", "2,1,0,2,0"}, {"2,1,3,1,0"}},
    {"wavecom", {"2,1,0,1,0", "2,1,0,2,0"}, {"2,1,1,1,0"}},
    {"cinterion", {"2,1,0,2,0", "2,1,0,0,1"}, {"2,1,0,1,0", "2,2,0,2,0"}},
    {"ublox", {"2,1,0,1,0", "2,1,0,2,0"}, {"3,1,0,1,0"}},
    {"ericsson", {"2,1,0,1,0", "2,1,0,2,0"}, {"2,1,1,1,0"}},
    {"nokia", {"0,0,0,0,0"}, {"2,1,0,1,0", "1,1,0,2,0", "2,1,0,0,0"}},
};

class FamilyOfModems : public testing::TestWithParam<Family> {};

TEST_P(FamilyOfModems, accepts_and_refuses_the_routes_that_its_family_does) {
  Ready bench(GetParam().name);
  EXPECT_EQ(bench.profile.name, GetParam().name);
  for (const char* route : GetParam().accepted) {
    EXPECT_EQ(bench.say("AT+CNMI=" + std::string(route) + "\r"), "\r\nOK\r\n") << route;
  }
  const std::string last = GetParam().accepted.back();
  for (const char* route : GetParam().refused) {
    EXPECT_EQ(bench.say("AT+CNMI=" + std::string(route) + "\r"), "\r\n" + bench.profile.cnmi.refusal + "\r\n") << route;
  }
  EXPECT_THAT(bench.say("AT+CNMI?\r"), HasSubstr("+CNMI: " + last + "\r\n"));
}

TEST_P(FamilyOfModems, says_who_it_is_and_sends_a_message) {
  Ready bench(GetParam().name);
  EXPECT_THAT(bench.say("AT+CGMI\r"), HasSubstr(bench.profile.manufacturer));
  EXPECT_THAT(bench.say("AT+CGMM\r"), HasSubstr(bench.profile.model));
  EXPECT_THAT(bench.say("AT+CGSN\r"), HasSubstr(bench.modem.identity().imei));
  EXPECT_EQ(bench.submit(somebody), "\r\n+CMGS: 0\r\n\r\nOK\r\n");
}

TEST_P(FamilyOfModems, counts_the_tries_of_the_pin_where_it_can) {
  Options options;
  options.sim_pin = "1234";
  Ready bench(GetParam().name, options);
  bench.say("AT+CPIN=0000\r");
  const auto& counter = bench.profile.pin_counter;
  const bool standard = std::ranges::find(bench.profile.refused, "+CPINR") == bench.profile.refused.end();
  EXPECT_EQ(bench.say("AT+CPINR\r").find("+CPINR: SIM PIN,2,3") != std::string::npos, standard);
  if (!counter.command.empty()) {
    const auto said = bench.say(counter.command + "\r");
    EXPECT_THAT(said, HasSubstr("2"));
    EXPECT_THAT(said, Not(HasSubstr("{")));
    EXPECT_THAT(said, EndsWith("OK\r\n"));
  }
}

INSTANTIATE_TEST_SUITE_P(families, FamilyOfModems, testing::ValuesIn(families),
                         [](const auto& chosen) { return std::string(chosen.param.name); });

TEST(Profile, EveryFileBelongsToAFamilyOfThisTestAndSaysWhereItsFactsComeFrom) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    ++files;
    const std::string name = entry.path().stem();
    const auto known = std::ranges::any_of(families, [&](const Family& one) { return one.name == name; });
    EXPECT_TRUE(known) << name;
  }
  EXPECT_EQ(files, std::size(families));
}

TEST(Profile, AMistakeIsNamedByItsKey) {
  for (const auto& [text, named] : std::vector<std::pair<std::string, std::string>>{
           {"{", "no JSON"},
           {"[]", "an object"},
           {R"({"modle": "X"})", "\"modle\""},
           {R"({"model": 3})", "\"model\": wants a text"},
           {R"({"usb": {"port": 3}})", "\"usb\": There is no key \"port\""},
           {R"({"csms": "maybe"})", "ok, refused, forced"},
           {R"({"cnmi": {"ds": [-1]}})", "\"ds\""},
           {R"({"cpms": {"slots": {"ME": 3}}})", "SM"}}) {
    const auto read = read_profile(text);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_THAT(read.error().sentence, HasSubstr(named));
  }
  EXPECT_FALSE(load_profile("/nowhere/at.all").has_value());
}

TEST(Profile, TheUsbFactsAreKeptForWhoeverPretendsTheBus) {
  const auto usb = family("quectel").usb;
  EXPECT_EQ(usb.id, "2c7c:0125");
  EXPECT_EQ(usb.interfaces, 5);
  EXPECT_THAT(usb.at, testing::ElementsAre(2, 3));
}

TEST(Profile, OneFileIsForAllAndAnotherForOneModem) {
  Options options;
  options.profile = {folder + std::string("zte.json"), "modem2=" + std::string(folder) + "nokia.json"};
  EXPECT_EQ(profile_for(1, options)->name, "zte");
  EXPECT_EQ(profile_for(2, options)->name, "nokia");
  EXPECT_EQ(profile_for(20, options)->name, "zte");
  options.profile.clear();
  EXPECT_EQ(profile_for(1, options)->name, "generic");
}

TEST(Profile, WhatTheCommandLineSaysWins) {
  Options options;
  options.ds_values = "1";
  options.cdsi_memory = "SM";
  options.csms1 = true;
  options.slots = 3;
  Ready bench("simcom_7600", options);
  EXPECT_THAT(bench.say("AT+CNMI=?\r"), HasSubstr(",(1),"));
  EXPECT_THAT(bench.say("AT+CSMS?\r"), HasSubstr("+CSMS: 1,"));
  EXPECT_THAT(bench.say("AT+CPMS=\"SM\"\r"), HasSubstr("+CPMS: 0,3,"));
  EXPECT_EQ(bench.profile.reports.announced, "SM");
}

TEST(Profile, UntilTheSimIsReadyThePinAndTheMemoriesAreBusy) {
  LoneModem bench({}, family("wavecom"));
  bench.say("ATE0+CMEE=1\r");
  EXPECT_EQ(bench.say("AT+CPIN?\r"), "\r\n+CME ERROR: 515\r\n");
  EXPECT_EQ(bench.say("AT+CPMS=\"SM\"\r"), "\r\n+CMS ERROR: 515\r\n");
  EXPECT_EQ(bench.say("AT\r"), "\r\nOK\r\n");
  bench.pass(3000);
  EXPECT_THAT(bench.heard(), HasSubstr("+WIND: 4"));
  EXPECT_EQ(bench.say("AT+CPIN?\r"), "\r\n+CPIN: READY\r\n");  // and no OK
  EXPECT_EQ(bench.say("AT+CPMS=\"SM\",\"SM\",\"SM\"\r"), "\r\nERROR\r\n");
  EXPECT_EQ(bench.say("AT+CPMS=\"SM\"\r"), "\r\n+CPMS: 0,25,0,25\r\n\r\nOK\r\n");
}

TEST(Profile, SomeCommandsAreWrongUntilTheSimIsReady) {
  LoneModem bench({}, family("simcom_a7670"));
  bench.say("ATE0\r");
  EXPECT_EQ(bench.say("AT+CMGF=0\r"), "\r\nERROR\r\n");
  bench.pass(5000);
  EXPECT_THAT(bench.heard(), HasSubstr("+CPIN: READY\r\n\r\nSMS DONE\r\n"));
  EXPECT_EQ(bench.say("AT+CMGF=0\r"), "\r\nOK\r\n");
}

TEST(Profile, TalkComesByItselfUntilItIsSilenced) {
  LoneModem bench({}, family("huawei"));
  bench.say("ATE0\r");
  bench.pass(4100);
  EXPECT_THAT(bench.heard(), HasSubstr("\r\r\n^RSSI:14\r\r\n"));
  EXPECT_EQ(bench.say("AT^CURC=0\r"), "\r\nOK\r\n");
  bench.pass(20'000);
  EXPECT_EQ(bench.heard(), "");
  bench.modem.restart();
  bench.pass(4400);
  EXPECT_THAT(bench.heard(), HasSubstr("^MODE:3,3"));
}

TEST(Profile, NothingIsSaidByItselfAtAPrompt) {
  LoneModem bench({}, family("zte"));
  bench.pass(2000);
  bench.say("ATE0\r");
  bench.say("AT+CMGS=23\r");
  bench.pass(2000);
  EXPECT_EQ(bench.heard(), "");
}

TEST(Profile, UnknownAndOwnCommandsAreAnsweredInTheFamilysWords) {
  Ready bench("huawei");
  EXPECT_EQ(bench.say("AT+CCID\r"), "\r\nCOMMAND NOT SUPPORT\r\n");
  EXPECT_EQ(bench.say("AT+NONE\r"), "\r\nCOMMAND NOT SUPPORT\r\n");
  EXPECT_EQ(bench.say("at^iccid?\r"), "\r\n^ICCID: " + bench.modem.identity().iccid + "F\r\n\r\nOK\r\n");
  EXPECT_EQ(bench.say("AT^CURC=0;+CSMS?\r"), "\r\n+CSMS: 1,0,1,1,1\r\n\r\nOK\r\n");
}

TEST(Profile, AReportStandsInOnePlaceAndIsAnnouncedInAnother) {
  Ready bench("quectel");
  bench.say("AT+CNMI=2,1,0,2,0\r");
  bench.submit(somebody);
  bench.pass(300);
  EXPECT_EQ(bench.heard(), "\r\n+CDSI: \"SM\",0\r\n");
  EXPECT_EQ(bench.say("AT+CPMS=\"SM\";+CMGR=0\r"), "\r\n+CPMS: 0,50,0,50,0,50\r\n\r\nOK\r\n");
  EXPECT_THAT(bench.say("AT+CPMS=\"SR\";+CMGR=0\r"), HasSubstr("+CMGR: 0,,25\r\n"));
  EXPECT_EQ(bench.of("report").size(), 1U);
}

TEST(Profile, AReportThatIsNotWhereItIsAnnouncedIs321) {
  Ready bench("simcom_7600");
  bench.say("AT+CNMI=2,1,0,2,0\r");
  bench.submit(somebody);
  bench.pass(300);
  EXPECT_EQ(bench.heard(), "\r\n+CDSI: \"SR\",1\r\n");
  EXPECT_EQ(bench.say("AT+CPMS=\"SR\";+CMGR=1\r"), "\r\n+CPMS: 0,0,0,0,0,0\r\n\r\n+CMS ERROR: 321\r\n");
  EXPECT_THAT(bench.say("AT+CPMS=\"ME\";+CMGR=1\r"), HasSubstr("+CMGR: 0,,25\r\n"));
}

TEST(Profile, TheHeadOfAReportMayHaveAnEmptyPlace) {
  Ready bench("zte");
  bench.say("AT+CNMI=1,1,0,1,0\r");
  bench.submit(somebody);
  bench.pass(300);
  EXPECT_THAT(bench.heard(), StartsWith("\r\n+CDS: ,25\r\n07"));
}

TEST(Profile, AcknowledgingMayBeRefusedExpectedOrTakenAnyhow) {
  for (const auto& [kind, first, second] : std::vector<std::tuple<Acknowledging, std::string, std::string>>{
           {Acknowledging::strict, "OK", "+CMS ERROR: 340"},
           {Acknowledging::lenient, "OK", "OK"},
           {Acknowledging::error, "ERROR", "ERROR"}}) {
    Profile profile;
    profile.acknowledging = kind;
    LoneModem bench({}, profile);
    bench.set_up();
    bench.say("AT+CSMS=1\r");
    bench.submit(somebody);
    bench.pass(300);
    EXPECT_EQ(bench.say("AT+CNMA\r"), "\r\n" + first + "\r\n");
    EXPECT_EQ(bench.say("AT+CNMA\r"), "\r\n" + second + "\r\n");
    EXPECT_EQ(bench.of("ack").size(), kind == Acknowledging::error ? 0U : 1U);
  }
}

TEST(Profile, Service1MayBeRefused) {
  Ready bench("cinterion");
  EXPECT_EQ(bench.say("AT+CSMS=1\r"), "\r\n+CMS ERROR: 302\r\n");
  EXPECT_THAT(bench.say("AT+CSMS=0\r"), HasSubstr("OK"));
  EXPECT_THAT(bench.say("AT+CSMS?\r"), HasSubstr("+CSMS: 0,"));
}

TEST(Profile, TheResetCommandTakesThePortAwayOrKeepsIt) {
  Ready stick("huawei");
  EXPECT_EQ(stick.say("AT^RESET\r"), "\r\nOK\r\n");
  stick.pass(0);
  EXPECT_EQ(stick.wire.reboots, 1);
  Profile profile;
  profile.resets = {"AT#REBOOT"};
  profile.boot_lines = {"BOOTED", "AGAIN"};
  LoneModem module({}, profile);
  module.set_up();
  EXPECT_EQ(module.say("at#reboot\r"), "\r\nOK\r\n");
  module.pass(300);
  EXPECT_EQ(module.heard(), "\r\nBOOTED\r\n\r\nAGAIN\r\n");
  EXPECT_EQ(module.of("reboot").size(), 1U);
}

TEST(Profile, EchoMayBeOffFromTheStart) {
  Profile profile;
  profile.echo = Echo::off;
  LoneModem bench({}, profile);
  EXPECT_EQ(bench.say("AT\r"), "\r\nOK\r\n");
}

TEST(Profile, AFullSimStopsSendingWhereTheFamilyDoesSo) {
  for (const bool stops : {true, false}) {
    Options options;
    options.slots = 2;
    Profile profile;
    profile.storage.full_stops_sending = stops;
    profile.storage.full_line = "^SMMEMFULL: \"SM\"";
    LoneModem bench(options, profile);
    bench.set_up();
    const auto lines = write_letter({"+99900000001", somebody, "Yes", bench.agenda.now().wall, 1});
    for (int times = 0; times < 3; ++times) bench.modem.letter(lines->front(), somebody);
    EXPECT_THAT(bench.heard(), EndsWith("\r\n^SMMEMFULL: \"SM\"\r\n"));
    EXPECT_EQ(bench.of("memory_full").size(), 2U);
    EXPECT_EQ(bench.of("incoming").at(2).at("how"), "memory-full");
    EXPECT_EQ(bench.say("AT+CMGS=23\r"), stops ? "\r\n+CMS ERROR: 322\r\n" : "\r\n> ");
    if (!stops) continue;
    bench.say("AT+CMGD=1\r");
    EXPECT_EQ(bench.say("AT+CMGS=23\r"), "\r\n> ");
  }
}

}  // namespace
}  // namespace burstd::sim

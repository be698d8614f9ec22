// AT+CMMS: how long the modem keeps its radio link after a message, and what the next one gains by it.
#include "lone_modem.hpp"

namespace burstd::sim {
namespace {

using testing::HasSubstr;

Options slow_network() {
  Options options;
  options.air = base::Milliseconds{5000};
  options.link_setup = base::Milliseconds{1500};
  return options;
}

struct OnAir : LoneModem {
  explicit OnAir(const Options& given = slow_network(), Profile known = {}) : LoneModem(given, std::move(known)) {
    set_up("2,1,0,0,0");
  }

  // From Ctrl-Z to the verdict.
  std::int64_t air() {
    submit(somebody);
    std::int64_t passed = 0;
    for (; wire.said.empty() && passed < 20'000; passed += 100) pass(100);
    EXPECT_THAT(heard(), HasSubstr("+CMGS: "));
    return passed;
  }

  std::string mode() { return say("AT+CMMS?\r").substr(9, 1); }
};

TEST(KeptLink, IsToldInEveryFormOfTheCommand) {
  OnAir bench;
  EXPECT_EQ(bench.say("AT+CMMS=?\r"), "\r\n+CMMS: (0-2)\r\n\r\nOK\r\n");
  EXPECT_EQ(bench.say("AT+CMMS?\r"), "\r\n+CMMS: 0\r\n\r\nOK\r\n");
  EXPECT_EQ(bench.say("AT+CMMS=2\r"), "\r\nOK\r\n");
  EXPECT_EQ(bench.say("AT+CMMS?\r"), "\r\n+CMMS: 2\r\n\r\nOK\r\n");
  for (const char* wrong : {"AT+CMMS=3\r", "AT+CMMS=-1\r", "AT+CMMS=\r", "AT+CMMS\r"})
    EXPECT_EQ(bench.say(wrong), "\r\n+CMS ERROR: 302\r\n") << wrong;
  EXPECT_EQ(bench.mode(), "2");
}

TEST(KeptLink, IsNotThereUnlessItIsAskedFor) {
  OnAir bench;
  EXPECT_EQ(bench.air(), 5000);
  EXPECT_EQ(bench.air(), 5000);
  bench.say("AT+CMMS=2\r");
  EXPECT_EQ(bench.air(), 5000) << "the link of the message before was not kept";
  for (const auto& submit : bench.of("submit")) EXPECT_EQ(submit.at("link"), "new");
}

TEST(KeptLink, SparesTheNextMessageItsSettingUp) {
  OnAir bench;
  bench.say("AT+CMMS=2\r");
  EXPECT_EQ(bench.air(), 5000);
  EXPECT_EQ(bench.air(), 3500);
  bench.pass(4900);
  EXPECT_EQ(bench.air(), 3500);
  EXPECT_EQ(bench.of("submit").at(0).at("link"), "new");
  EXPECT_EQ(bench.of("submit").at(2).at("link"), "kept");
}

TEST(KeptLink, ClosesAfterAPauseAndMode2StaysAndMode1DoesNot) {
  for (const char* mode : {"1", "2"}) {
    OnAir bench;
    bench.say("AT+CMMS=" + std::string(mode) + "\r");
    EXPECT_EQ(bench.air(), 5000) << mode;
    EXPECT_EQ(bench.mode(), mode);
    bench.pass(5000);
    EXPECT_EQ(bench.mode(), *mode == '1' ? "0" : "2");
    EXPECT_EQ(bench.air(), 5000) << mode;
    EXPECT_EQ(bench.air(), *mode == '1' ? 5000 : 3500) << mode;
  }
}

TEST(KeptLink, IsGoneWithMode0AndWithARestart) {
  OnAir bench;
  bench.say("AT+CMMS=2\r");
  bench.air();
  bench.say("AT+CMMS=0\r");
  EXPECT_EQ(bench.air(), 5000);
  bench.say("AT+CMMS=2\r");
  bench.air();
  bench.modem.restart();
  bench.pass(300);
  bench.heard();
  bench.set_up("2,1,0,0,0");
  EXPECT_EQ(bench.mode(), "0");
  EXPECT_EQ(bench.air(), 5000);
}

TEST(KeptLink, SparesNoMoreThanThereIs) {
  Options options;
  options.link_setup = base::Milliseconds{1500};
  OnAir bench(options);
  bench.say("AT+CMMS=2\r");
  EXPECT_THAT(bench.submit(somebody), HasSubstr("+CMGS: 0"));
  EXPECT_THAT(bench.submit(somebody), HasSubstr("+CMGS: 1"));
}

TEST(KeptLink, ChangesNothingByItself) {
  Options options;
  options.air = base::Milliseconds{5000};
  OnAir bench(options);
  bench.say("AT+CMMS=2\r");
  EXPECT_EQ(bench.air(), 5000);
  EXPECT_EQ(bench.air(), 5000);
}

TEST(KeptLink, IsRefusedInEveryFormWhereTheProfileSaysSo) {
  const auto profile = read_profile(R"({"cmms": "refused"})");
  ASSERT_TRUE(profile.has_value());
  OnAir bench(slow_network(), *profile);
  bench.say("AT+CMEE=1\r");
  for (const char* form : {"AT+CMMS=2\r", "AT+CMMS?\r", "AT+CMMS=?\r"})
    EXPECT_EQ(bench.say(form), "\r\n+CMS ERROR: 500\r\n") << form;
  EXPECT_EQ(bench.air(), 5000);
  EXPECT_EQ(bench.air(), 5000);
  const auto wrong = read_profile(R"({"cmms": "perhaps"})");
  ASSERT_FALSE(wrong.has_value());
  EXPECT_THAT(wrong.error().sentence, HasSubstr("ok, refused"));
}

}  // namespace
}  // namespace burstd::sim

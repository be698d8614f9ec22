// Whether a modem can send and still can, over a real pseudo-terminal: network, route, memory, flood, credit, silence.
#include "bench.hpp"

namespace burstd::modem {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class HealthOf : public Bench {
 protected:
  HealthOf() { fake.plug(); }

  // Whether the modem's memories are listed from now on.
  async::Task<> listed_again() {
    const int before = fake.count("AT+CMGL=4");
    const auto more = [&] { return fake.count("AT+CMGL=4") > before; };
    co_await until(more);
  }
};

TEST_F(HealthOf, any_of_the_three_networks_will_do) {
  fake.answers["AT+CREG?"] = "+CREG: 0,2\r\n";
  fake.answers["AT+CEREG?"] = "+CEREG: 0,5\r\n";
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_EQ(modem().status().registration, 5);
  EXPECT_EQ(fake.count("AT+CGREG?"), 0);
}

TEST_F(HealthOf, the_packet_network_is_asked_last) {
  fake.answers.erase("AT+CREG?");
  fake.answers["AT+CGREG?"] = "+CGREG: 0,1\r\n";
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_EQ(modem().status().registration, 1);
}

TEST_F(HealthOf, without_a_network_the_first_that_is_told_is_shown_until_a_change_is_told) {
  fake.answers["AT+CREG?"] = "+CREG: 0,3\r\n";
  fake.answers["AT+CEREG?"] = "+CEREG: 0,2\r\n";
  play([&]() -> async::Task<> {
    co_await until([&] { return host.said("The network refuses this SIM"); });
    EXPECT_EQ(modem().status().registration, 3);
    fake.answers["AT+CREG?"] = "+CREG: 0,1\r\n";
    fake.say("\r\n+CREG: 1\r\n");
    co_await ready();
  });
}

TEST_F(HealthOf, a_lost_network_is_noticed_when_the_modem_tells_of_a_change) {
  play([&]() -> async::Task<> {
    co_await ready();
    fake.answers["AT+CREG?"] = "+CREG: 0,2\r\n";
    fake.say("\r\n+CREG: 2\r\n");
    co_await until([&] { return host.link == nullptr; });
    EXPECT_EQ(modem().status().state, State::waiting);
  });
}

TEST_F(HealthOf, a_line_of_a_restart_has_the_modem_set_up_again_although_it_is_to_be_ignored) {
  driver.boot = {"^BOOT"};
  driver.ignore = {"^BOOT"};
  play([&]() -> async::Task<> {
    co_await ready();
    fake.say("\r\n^BOOT: 1\r\n");
    co_await until([&] { return host.served == 2; });
  });
  EXPECT_TRUE(host.said("has restarted by itself"));
}

TEST_F(HealthOf, a_full_memory_is_emptied_at_once_whoever_tells_of_it) {
  driver.memory_full = {"^SMMEMFULL"};
  play([&]() -> async::Task<> {
    co_await ready();
    fake.say("\r\n^SMMEMFULL: \"SM\"\r\n");
    co_await listed_again();
    for (const char* code : {"208", "211", "322"}) {
      fake.at_pdu = [&](const std::string&) { fake.say("\r\n+CMS ERROR: " + std::string(code) + "\r\n"); };
      (void)co_await submit();
      co_await listed_again();
    }
  });
}

TEST_F(HealthOf, a_refusal_that_doubts_the_network_has_it_asked_for_at_once) {
  play([&]() -> async::Task<> {
    co_await ready();
    fake.at_pdu = [&](const std::string&) { fake.say("\r\n+CMS ERROR: 28\r\n"); };
    fake.answers["AT+CREG?"] = "+CREG: 0,2\r\n";
    (void)co_await submit();
    co_await until([&] { return host.link == nullptr; });
    EXPECT_EQ(modem().status().state, State::waiting);
  });
}

TEST_F(HealthOf, a_refusal_for_a_technical_reason_has_the_modem_set_up_again_before_the_next_message) {
  play([&]() -> async::Task<> {
    co_await ready();
    fake.at_pdu = [&](const std::string&) { fake.say("\r\n+CMS ERROR: 111\r\n"); };
    (void)co_await submit();
    EXPECT_FALSE(host.link->up());
    co_await until([&] { return host.served == 2; });
  });
  EXPECT_EQ(modem().status().state, State::stopped);
}

TEST_F(HealthOf, a_memory_that_is_filled_to_eighty_percent_is_emptied) {
  options.keep_alive = 1s;
  fake.answers["AT+CPMS?"] = "+CPMS: \"SM\",39,50,\"ME\",0,0\r\n";
  play([&]() -> async::Task<> {
    co_await ready();
    const int before = fake.count("AT+CMGL=4");
    const int looks = fake.count("AT+CPMS?");
    co_await until([&] { return fake.count("AT+CPMS?") > looks && fake.lines.back() == "AT+CPMS?"; });
    co_await async::sleep_for(50ms);
    EXPECT_EQ(fake.count("AT+CMGL=4"), before);
    fake.answers["AT+CPMS?"] = "+CPMS: \"SM\",0,50,\"ME\",40,50\r\n";
    co_await listed_again();
  });
}

TEST_F(HealthOf, a_flood_of_lines_is_told_as_long_as_it_lasts_and_hides_a_callers_number) {
  options.keep_alive = 1s;
  std::string flood;
  for (int line = 0; line < 320; ++line) flood += "\r\n+CLIP: \"+491711234567\",145\r\n";
  play([&]() -> async::Task<> {
    co_await ready();
    fake.say(flood);
    co_await until([&] { return host.said("talks without pause"); });
    EXPECT_EQ(modem().status().state, State::ready);
    EXPECT_THAT(modem().status().sentence, HasSubstr("(\"+CLIP\")"));
    co_await until([&] { return modem().status().sentence.empty(); });
  });
}

TEST_F(HealthOf, a_silent_moment_costs_a_question_and_not_the_session) {
  options.keep_alive = 1s;
  play([&]() -> async::Task<> {
    co_await ready();
    fake.instead["AT+CSQ"] = [&] { fake.instead.erase("AT+CSQ"); };
    co_await until([&] { return modem().status().recoveries.probes == 1; });
  });
  EXPECT_EQ(host.served, 1);
  EXPECT_EQ(modem().status().recoveries.reopens, 0U);
}

TEST_F(HealthOf, the_number_of_its_sim_is_told_where_the_sim_knows_it) {
  fake.answers["AT+CNUM"] = "+CNUM: \"\",\"+41791234567\",145\r\n";
  play([&]() -> async::Task<> {
    co_await ready();
    EXPECT_EQ(modem().status().number, "+41791234567");
    fake.answers["AT+CNUM"] = "";
    modem().reconsider();
    co_await until([&] { return host.served == 2; });
    EXPECT_EQ(modem().status().number, "") << "it was another SIM's";
  });
}

TEST_F(HealthOf, a_configured_number_is_not_asked_for) {
  options.number = "+41791234567";
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_EQ(modem().status().number, "+41791234567");
  EXPECT_EQ(fake.count("AT+CNUM"), 0);
}

TEST_F(HealthOf, a_modem_that_says_nothing_to_it_sends_all_the_same_and_is_not_asked_again) {
  driver.command_timeout = 1s;
  fake.instead["AT+CNUM"] = [] {};
  play([&]() -> async::Task<> {
    co_await ready();
    fake.unplug();
    co_await until([&] { return host.link == nullptr; });
    fake.plug();
    co_await until([&] { return host.served == 2; });
  });
  EXPECT_EQ(fake.count("AT+CNUM"), 1);
}

class CreditOf : public HealthOf {
 protected:
  CreditOf() {
    options.balance.code = "*100#";
    fake.instead[question] = [this] { fake.say("\r\nOK\r\n\r\n+CUSD: 0,\"Credit 12.50\",15\r\n"); };
  }
  const std::string question = "AT+CUSD=1,\"*100#\",15";
};

TEST_F(CreditOf, is_asked_for_once_a_period_also_over_sessions) {
  options.keep_alive = 1s;
  play([&]() -> async::Task<> {
    co_await ready();
    EXPECT_TRUE(modem().status().credit);
    fake.unplug();
    co_await until([&] { return host.link == nullptr; });
    fake.plug();
    co_await ready();
    const int looks = fake.count("AT+CSQ");
    co_await until([&] { return fake.count("AT+CSQ") > looks; });
  });
  ASSERT_TRUE(modem().status().credit);
  EXPECT_EQ(modem().status().credit->answer, "Credit 12.50");
  EXPECT_EQ(modem().status().credit->amount, 12.5);
  EXPECT_EQ(fake.count(question), 1);
}

TEST_F(CreditOf, is_not_what_the_network_said_before_it_was_asked) {
  fake.instead["AT+CSCA?"] = [&] {
    fake.say("\r\n+CUSD: 0,\"Recharge now!\",15\r\n\r\n+CSCA: \"+491710760000\",145\r\n\r\nOK\r\n");
  };
  fake.instead[question] = [this] { fake.say("\r\nOK\r\n"); };
  play([&]() -> async::Task<> {
    co_await until([&] { return fake.count(question) == 1; });
    co_await async::sleep_for(50ms);
    EXPECT_FALSE(modem().status().credit);
    fake.say("\r\n+CUSD: 0,\"Credit 12.50\",15\r\n");
    co_await ready();
  });
  ASSERT_TRUE(modem().status().credit);
  EXPECT_EQ(modem().status().credit->answer, "Credit 12.50");
}

TEST_F(CreditOf, may_come_before_the_result_of_the_command) {
  fake.instead[question] = [this] { fake.say("\r\n+CUSD: 0,\"Credit 12.50\",15\r\n\r\nOK\r\n"); };
  play([&]() -> async::Task<> { co_await ready(); });
  ASSERT_TRUE(modem().status().credit);
}

TEST_F(CreditOf, goes_with_its_sim) {
  play([&]() -> async::Task<> {
    co_await ready();
    EXPECT_TRUE(modem().status().credit);
    fake.instead[question] = [this] { fake.say("\r\n+CME ERROR: 3\r\n"); };
    modem().reconsider();
    co_await until([&] { return host.served == 2; });
    EXPECT_FALSE(modem().status().credit) << "a SIM that takes its place has money of its own";
  });
}

TEST_F(CreditOf, that_is_refused_keeps_nobody_from_sending) {
  fake.instead[question] = [this] { fake.say("\r\n+CME ERROR: 3\r\n"); };
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_FALSE(modem().status().credit);
}

TEST_F(CreditOf, that_the_network_does_not_tell_is_none) {
  fake.instead[question] = [this] { fake.say("\r\nOK\r\n\r\n+CUSD: 4\r\n"); };
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_FALSE(modem().status().credit);
}

}  // namespace
}  // namespace burstd::modem

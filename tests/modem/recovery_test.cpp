// How a modem is got going again, over a real pseudo-terminal: resets by a person and by itself, quarantine, pauses.
#include "bench.hpp"

namespace burstd::modem {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr const char* reset_line = "AT+CFUN=1,1";

class Recovery : public Bench {
 protected:
  Recovery() {
    driver.reset_time = 1s;
    driver.boot = {"^BOOT"};
    options.reopen_first = 1ms;
    options.reopen_most = 5ms;
    fake.answers[reset_line] = "";
    fake.plug();
  }

  // It answers, but is no modem with a SIM: each session ends in an error.
  void forget_itself() {
    for (const char* line : {"AT+CGSN", "AT+CIMI", "AT+CCID", "AT+CPIN?"}) {
      kept[line] = fake.answers[line];
      fake.answers.erase(line);
    }
  }
  void remember_itself() {
    for (const auto& [line, answer] : kept) fake.answers[line] = answer;
  }
  async::Task<> in(State state) {
    const auto there = [&] { return modem().status().state == state; };
    co_await until(there);
  }

  std::map<std::string, std::string> kept;
};

TEST_F(Recovery, by_a_person_waits_for_the_verdict_of_what_is_on_the_air) {
  std::optional<Verdict> verdict;
  play([&]() -> async::Task<> {
    co_await ready();
    fake.at_pdu = [&](const std::string&) {
      modem().reset();
      fake.lines.emplace_back("asked to reset");
    };
    async::Scope scope(loop.get_executor());
    auto sending = [&]() -> async::Task<> { verdict = co_await submit(); };
    scope.spawn(sending());
    co_await until([&] { return fake.count("asked to reset") == 1; });
    co_await async::sleep_for(100ms);
    EXPECT_EQ(fake.count(reset_line), 0);
    fake.say("\r\n+CMGS: 5\r\n\r\nOK\r\n");
    co_await scope.join();
    co_await in(State::resetting);
    EXPECT_EQ(fake.lines.back(), reset_line) << "and nothing after it";
    co_await ready();
  });
  ASSERT_TRUE(verdict);
  EXPECT_TRUE(std::holds_alternative<Accepted>(*verdict));
  EXPECT_EQ(fake.count(reset_line), 1);
  EXPECT_EQ(modem().status().recoveries.resets, 1U);
  EXPECT_EQ(host.served, 2);
}

TEST_F(Recovery, by_an_impatient_person_is_one_reset) {
  fake.instead[reset_line] = [&] {
    if (fake.count(reset_line) == 1) modem().reset();
    fake.say("\r\nOK\r\n");
  };
  play([&]() -> async::Task<> {
    co_await ready();
    modem().reset();
    modem().reset();
    co_await in(State::resetting);
    co_await ready();
  });
  EXPECT_EQ(fake.count(reset_line), 1);
  EXPECT_EQ(modem().status().recoveries.resets, 1U);
}

TEST_F(Recovery, by_a_person_reaches_a_modem_that_answers_nothing) {
  fake.instead["AT"] = fake.instead["ATE0V1Q0"] = [] {};
  fake.instead[reset_line] = [&] {
    fake.instead.clear();
    fake.say("\r\nOK\r\n");
  };
  play([&]() -> async::Task<> {
    co_await until([&] { return fake.count("AT") > 0; });
    modem().reset();
    co_await until([&] { return fake.count(reset_line) == 1; });
    co_await ready();
  });
  EXPECT_EQ(modem().status().recoveries.resets, 1U);
}

TEST_F(Recovery, by_itself_resets_a_modem_that_it_knows_after_the_third_failure) {
  play([&]() -> async::Task<> {
    co_await ready();
    forget_itself();
    fake.next_answers["AT+CNMI?"] = {"+CNMI: 0,0,0,0,0\r\n\r\nOK\r\n"};
    fake.say("\r\n^BOOT\r\n");
    co_await until([&] { return fake.count(reset_line) == 1; });
    remember_itself();
    co_await ready();
  });
  EXPECT_TRUE(host.said("failed several times in a row"));
  EXPECT_EQ(modem().status().recoveries.resets, 1U);
  EXPECT_EQ(modem().status().recoveries.quarantines, 0U);
}

TEST_F(Recovery, in_quarantine_says_when_it_goes_on_and_a_persons_reset_ends_it) {
  forget_itself();
  play([&]() -> async::Task<> {
    co_await in(State::quarantined);
    EXPECT_EQ(fake.count(reset_line), 0) << "who never was a modem is not told to reset";
    EXPECT_EQ(modem().status().recoveries.quarantines, 1U);
    if (!modem().status().next_try) co_return ADD_FAILURE();
    const auto left = *modem().status().next_try - async::now().wall;
    EXPECT_GT(left, 4min);
    EXPECT_LE(left, 5min);
    EXPECT_THAT(modem().status().sentence, HasSubstr("burstctl modem reset front"));
    remember_itself();
    modem().reset();
    co_await until([&] { return fake.count(reset_line) == 1; });
    EXPECT_FALSE(modem().status().next_try);
    co_await ready();
  });
}

TEST_F(Recovery, in_quarantine_is_paused_and_goes_on_at_the_foot_when_it_is_resumed) {
  forget_itself();
  play([&]() -> async::Task<> {
    co_await in(State::quarantined);
    modem().pause();
    co_await in(State::paused);
    EXPECT_FALSE(modem().status().next_try);
    modem().resume();
    co_await in(State::failed);
    remember_itself();
    co_await ready();
  });
  EXPECT_EQ(modem().status().recoveries.quarantines, 1U);
}

}  // namespace
}  // namespace burstd::modem

// Submissions over a real pseudo-terminal: what the owner is told about each way they can end.
#include "bench.hpp"

namespace burstd::modem {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

using Submit = Bench;

std::optional<int> reference_of(const Verdict& verdict) {
  const auto* accepted = std::get_if<Accepted>(&verdict);
  return accepted == nullptr ? std::nullopt : accepted->reference;
}

TEST_F(Submit, is_accepted_with_its_reference) {
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    EXPECT_EQ(reference_of(co_await submit()), 12);
    EXPECT_EQ(reference_of(co_await submit()), 13);
  });
  EXPECT_EQ(fake.count("pdu:" + some_pdu), 2);
  EXPECT_EQ(modem().status().accepted, 2U);
  EXPECT_TRUE(modem().status().last_accepted);
}

TEST_F(Submit, sends_nothing_before_the_attempt_is_on_record) {
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    async::Gate permit;
    async::Gate handed;
    std::optional<Verdict> verdict;
    const Submission submission{some_pdu, 23, permit, handed};
    async::Scope scope(loop.get_executor());
    auto sending = [&]() -> async::Task<> { verdict = co_await host.link->submit(submission); };
    scope.spawn(sending());
    co_await until([&] { return fake.count("AT+CMGS=23") == 1; });
    co_await async::sleep_for(100ms);
    EXPECT_EQ(fake.count("pdu:" + some_pdu), 0);
    EXPECT_EQ(handed.position(), async::Gate::Position::pending);
    permit.open();
    co_await scope.join();
    EXPECT_EQ(handed.position(), async::Gate::Position::open);
    EXPECT_EQ(reference_of(*verdict), 12);
  });
}

TEST_F(Submit, leaves_the_prompt_by_esc_when_it_must_not_send) {
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.lines.clear();
    async::Gate permit;
    async::Gate handed;
    permit.shut();
    const Submission submission{some_pdu, 23, permit, handed};
    const Verdict verdict = co_await host.link->submit(submission);
    EXPECT_TRUE(std::holds_alternative<NotSent>(verdict));
    EXPECT_EQ(handed.position(), async::Gate::Position::shut);
    EXPECT_THAT(fake.lines, ElementsAre("AT+CMGS=23", "ESC"));
    EXPECT_EQ(reference_of(co_await submit()), 12);
  });
  EXPECT_EQ(host.served, 1);
}

TEST_F(Submit, is_refused_before_the_air_when_the_prompt_does_not_come) {
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.at_cmgs = [&] { fake.say("\r\n+CMS ERROR: 500\r\n"); };
    const Verdict verdict = co_await submit();
    const auto* refused = std::get_if<Refused>(&verdict);
    EXPECT_TRUE(refused != nullptr && refused->before_air && refused->blame == base::Blame::transient);
    fake.at_cmgs = nullptr;
    EXPECT_EQ(reference_of(co_await submit()), 12);
  });
  EXPECT_EQ(host.served, 1);
}

TEST_F(Submit, is_refused_after_the_air_with_the_tables_words) {
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.at_pdu = [&](const std::string&) { fake.say("\r\n+CMS ERROR: 1\r\n"); };
    const Verdict verdict = co_await submit();
    const auto* refused = std::get_if<Refused>(&verdict);
    EXPECT_TRUE(refused != nullptr && !refused->before_air && refused->blame == base::Blame::recipient);
    EXPECT_TRUE(refused != nullptr && refused->result == "+CMS ERROR: 1");
    EXPECT_THAT(refused == nullptr ? "" : refused->sentence, HasSubstr("does not exist"));
  });
  EXPECT_EQ(host.served, 1);
}

TEST_F(Submit, is_not_sent_when_no_prompt_comes_and_the_session_begins_again) {
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.at_cmgs = [] {};
    EXPECT_TRUE(std::holds_alternative<NotSent>(co_await submit()));
    fake.at_cmgs = nullptr;
    co_await until([&] { return host.served == 2; });
    EXPECT_EQ(reference_of(co_await submit()), 12);
  });
  EXPECT_EQ(modem().status().recoveries.reopens, 1U);
}

TEST_F(Submit, is_not_sent_when_the_modem_is_unplugged_at_the_prompt) {
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.at_cmgs = [&] { fake.unplug(); };
    EXPECT_TRUE(std::holds_alternative<NotSent>(co_await submit()));
    co_await until([&] { return host.was(State::absent); });
  });
}

TEST_F(Submit, is_unknown_when_the_modem_is_unplugged_after_ctrl_z) {
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.at_pdu = [&](const std::string&) { fake.unplug(); };
    EXPECT_TRUE(std::holds_alternative<Unknown>(co_await submit()));
    co_await until([&] { return host.link == nullptr; });
  });
}

TEST_F(Submit, is_accepted_when_the_reference_came_and_ok_did_not) {
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.at_pdu = [&](const std::string&) { fake.say("\r\n+CMGS: 77\r\n"); };
    EXPECT_EQ(reference_of(co_await submit()), 77);
    fake.at_pdu = [&](const std::string&) { fake.say("\r\n+CMGS: 78\r\n"); };
    std::optional<Verdict> verdict;
    auto sending = [&]() -> async::Task<> { verdict = co_await submit(); };
    async::Scope scope(loop.get_executor());
    scope.spawn(sending());
    co_await async::sleep_for(200ms);
    fake.unplug();
    co_await scope.join();
    EXPECT_EQ(reference_of(*verdict), 78);
  });
}

TEST_F(Submit, does_not_wait_for_an_ok_as_long_as_for_a_verdict) {
  driver.submit_timeout = 60s;
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.at_pdu = [&](const std::string&) { fake.say("\r\n+CMGS: 77\r\n"); };
    const base::Steady start = async::now().steady;
    EXPECT_EQ(reference_of(co_await submit()), 77);
    EXPECT_LT(async::now().steady - start, 9s);
    fake.at_pdu = nullptr;
    EXPECT_EQ(reference_of(co_await submit()), 12);
  });
  EXPECT_EQ(host.served, 1);
}

TEST_F(Submit, without_a_verdict_is_unknown_and_its_late_verdict_is_heard_by_the_next_session) {
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.at_pdu = [](const std::string&) {};
    host.open = Unresolved{async::now().wall};
    fake.lines.clear();
    EXPECT_TRUE(std::holds_alternative<Unknown>(co_await submit()));
    fake.at_pdu = nullptr;
    co_await async::sleep_for(300ms);
    fake.say("\r\n+CMGS: 99\r\n\r\nOK\r\n");
    co_await until([&] { return host.served == 2; });
    EXPECT_EQ(host.late.size(), 1U);
    EXPECT_EQ(host.late.empty() ? std::nullopt : reference_of(host.late[0]), 99);
  });
  EXPECT_EQ(fake.count("ESC"), 0);
}

TEST_F(Submit, after_a_crash_escapes_only_when_the_networks_timer_has_run_out) {
  driver.network_timer = 4s;
  host.open = Unresolved{async::now().wall - 1s};
  fake.instead["AT"] = [] {};
  fake.plug();
  const base::Steady start = async::now().steady;
  base::Steady escaped;
  play([&]() -> async::Task<> {
    co_await until([&] { return fake.count("AT") == 1; });
    EXPECT_GE(async::now().steady - start, 1900ms);
    EXPECT_EQ(fake.count("ESC"), 0);
    EXPECT_EQ(modem().status().state, State::opening);
    EXPECT_EQ(modem().status().sentence, "It waits until " + base::to_rfc3339(host.open->since + 5s) +
                                             " for word of a message that may be on the air, and goes on then.");
    co_await until([&] { return fake.count("ESC") == 1; });
    escaped = async::now().steady;
    fake.instead.clear();
    co_await ready();
    EXPECT_EQ(modem().status().sentence, "");
  });
  EXPECT_GE(escaped - start, 3900ms);
  EXPECT_TRUE(host.late.empty());
}

TEST_F(Submit, has_its_late_verdict_told_when_the_modem_is_known_if_only_by_the_session_after) {
  host.open = Unresolved{async::now().wall};
  fake.instead["AT+CGMI"] = [] {};
  fake.plug();
  play([&]() -> async::Task<> {
    co_await async::sleep_for(300ms);
    fake.say("\r\n+CMGS: 21\r\n\r\nOK\r\n");
    co_await until([&] { return host.said("does not answer to AT+CGMI"); });
    EXPECT_TRUE(host.late.empty());
    fake.instead.clear();
    co_await ready();
    EXPECT_EQ(host.late.size(), 1U);
    EXPECT_EQ(host.late.empty() ? std::nullopt : reference_of(host.late[0]), 21);
  });
}

TEST_F(Submit, has_no_late_verdict_in_what_is_said_of_other_commands) {
  host.open = Unresolved{async::now().wall};
  fake.plug();
  play([&]() -> async::Task<> {
    co_await async::sleep_for(300ms);
    fake.say("\r\n+CMS ERROR: 321\r\n\r\n+CMS ERROR: 302\r\n");
    co_await ready();
  });
  EXPECT_TRUE(host.late.empty());
}

TEST_F(Submit, has_no_late_verdict_when_its_time_is_long_over) {
  host.open = Unresolved{async::now().wall - 1h};
  fake.plug();
  play([&]() -> async::Task<> {
    co_await async::sleep_for(300ms);
    fake.say("\r\n+CMGS: 21\r\n\r\nOK\r\n");
    co_await ready();
  });
  EXPECT_TRUE(host.late.empty());
}

TEST_F(Submit, in_flight_gets_its_verdict_before_the_modem_stops) {
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.at_pdu = [&](const std::string&) { modem().stop(); };
    std::optional<Verdict> verdict;
    async::Scope scope(loop.get_executor());
    auto sending = [&]() -> async::Task<> { verdict = co_await submit(); };
    scope.spawn(sending());
    co_await async::sleep_for(200ms);
    EXPECT_FALSE(verdict);
    fake.say("\r\n+CMGS: 5\r\n\r\nOK\r\n");
    co_await scope.join();
    EXPECT_EQ(reference_of(*verdict), 5);
  });
}

}  // namespace
}  // namespace burstd::modem

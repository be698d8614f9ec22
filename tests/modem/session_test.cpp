// A modem over a real pseudo-terminal, apart from submissions: opening, setting up, events, losing and finding it.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "bench.hpp"

namespace burstd::modem {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using Session = Bench;

constexpr const char* sim = "8949012345678901234";
const std::string cds = "\r\n+CDS: 25\r\n" + some_report + "\r\n";

TEST_F(Session, learns_who_the_modem_is) {
  fake.plug();
  play([&]() -> async::Task<> { co_await ready(); });
  const Status& status = modem().status();
  EXPECT_EQ(status.identity.manufacturer, "Example Modems");
  EXPECT_EQ(status.identity.model, "X100");
  EXPECT_EQ(status.identity.imei, "490154203237518");
  EXPECT_EQ(status.identity.imsi, "262011234567890");
  EXPECT_EQ(status.identity.sim(), sim);
  EXPECT_EQ(status.driver, "generic");
  EXPECT_EQ(status.report_route, "2,1,0,1,0");
  EXPECT_EQ(status.operator_name, "Example Net");
  EXPECT_EQ(status.signal, 17);
  EXPECT_EQ(status.registration, 1);
  EXPECT_EQ(fake.lines.front(), "ESC");
}

TEST_F(Session, sends_the_drivers_lines_and_ignores_what_it_ignores) {
  driver.setup = {"AT^CURC=0", "AT+UNKNOWN"};
  driver.ignore = {"^RSSI:"};
  fake.plug();
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_EQ(fake.count("AT^CURC=0"), 1);
  EXPECT_EQ(fake.count("AT+UNKNOWN"), 1);
}

TEST_F(Session, takes_the_first_report_route_that_reads_back) {
  driver.report_routes = {"2,2,0,1,0", "2,1,0,2,0", "1,1,0,1,0"};
  fake.answers["AT+CNMI=2,1,0,2,0"] = "";
  fake.answers["AT+CNMI=1,1,0,1,0"] = "";
  fake.next_answers["AT+CNMI?"] = {"+CNMI: 2,1,0,0,0\r\n\r\nOK\r\n"};
  fake.answers["AT+CNMI?"] = "+CNMI: 1,1,0,1,1\r\n";
  fake.plug();
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_EQ(modem().status().report_route, "1,1,0,1,0");
}

TEST_F(Session, reports_what_comes_during_a_submission_without_acknowledging_it_in_service_0) {
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.at_pdu = [&](const std::string&) { fake.say("\r\n+CMGS: 3\r\n" + cds + "\r\nOK\r\n"); };
    EXPECT_TRUE(std::holds_alternative<Accepted>(co_await submit()));
    co_await until([&] { return host.reports.size() == 1; });
    co_await async::sleep_for(50ms);
  });
  EXPECT_THAT(host.reports, ElementsAre(sim + (" " + some_report)));
  EXPECT_EQ(fake.count("AT+CNMA"), 0);
  EXPECT_TRUE(modem().status().last_report);
}

TEST_F(Session, acknowledges_each_report_after_it_is_recorded_and_between_submissions_in_service_1) {
  fake.answers["AT+CSMS?"] = "+CSMS: 1,1,1,1\r\n";
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    host.at_report = [&] { fake.lines.emplace_back("recorded"); };
    fake.at_pdu = [&](const std::string&) { fake.say(cds + cds); };
    std::optional<Verdict> verdict;
    auto sending = [&]() -> async::Task<> { verdict = co_await submit(); };
    async::Scope scope(loop.get_executor());
    scope.spawn(sending());
    co_await async::sleep_for(150ms);
    EXPECT_EQ(host.reports.size(), 1U);
    EXPECT_EQ(fake.count("AT+CNMA"), 0);
    fake.lines.emplace_back("verdict");
    fake.say("\r\n+CMGS: 3\r\n\r\nOK\r\n");
    co_await scope.join();
    co_await until([&] { return fake.count("AT+CNMA") == 2; });
  });
  const auto from = std::find(fake.lines.begin(), fake.lines.end(), "recorded");
  const std::vector<std::string> tail(from, fake.lines.end());
  EXPECT_THAT(tail, ElementsAre("recorded", "verdict", "AT+CNMA", "recorded", "AT+CNMA"));
}

TEST_F(Session, delivers_what_it_heard_even_when_the_port_is_gone) {
  fake.answers["AT+CSMS?"] = "+CSMS: 1,1,1,1\r\n";
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.say(cds + cds + cds);
    co_await async::sleep_for(10ms);
    fake.unplug();
    co_await until([&] { return host.reports.size() == 3; });
  });
}

TEST_F(Session, records_what_comes_while_it_is_set_up_as_soon_as_the_sim_is_known) {
  fake.answers["AT+CSMS?"] = "+CSMS: 1,1,1,1\r\n";
  fake.instead["AT+CGMI"] = [&] { fake.say("\r\nExample Modems\r\n\r\nOK\r\n" + cds); };
  fake.instead["AT+CMGF=0"] = [&] { fake.lines.emplace_back("held"); };  // not answered yet: a kill could come now
  fake.plug();
  play([&]() -> async::Task<> {
    co_await until([&] { return fake.count("held") > 0; });
    co_await until([&] { return host.reports.size() == 1; });
    EXPECT_EQ(fake.count("AT+CNMA"), 0) << "how it wants its reports acknowledged is not known yet";
    fake.instead.clear();
    fake.say("\r\nOK\r\n");
    co_await ready();
    co_await until([&] { return fake.count("AT+CNMA") == 1; });
  });
  EXPECT_THAT(host.reports, ElementsAre(sim + (" " + some_report)));
  EXPECT_TRUE(modem().status().reports_proven);
}

TEST_F(Session, records_nothing_for_a_sim_that_is_not_known_or_not_welcome) {
  host.unwelcome = "Another SIM is in it.";
  fake.instead["AT+CGMI"] = [&] { fake.say("\r\nExample Modems\r\n\r\nOK\r\n" + cds); };
  fake.plug();
  play([&]() -> async::Task<> {
    co_await until([&] { return host.was(State::waiting); });
    co_await async::sleep_for(100ms);
    EXPECT_TRUE(host.reports.empty());
    host.unwelcome.clear();
    co_await ready();
    EXPECT_EQ(host.reports.size(), 1U);
  });
}

TEST_F(Session, fetches_what_was_announced_as_stored_while_it_was_set_up) {
  fake.answers["AT+CPMS=\"ME\""] = "+CPMS: 1,50,1,50,1,50\r\n";
  fake.answers["AT+CMGR=7"] = "+CMGR: 0,,25\r\n" + some_message + "\r\n";
  fake.answers["AT+CMGD=7"] = "";
  fake.instead["AT+CMGF=0"] = [&] { fake.say("\r\n+CMTI: \"ME\",7\r\n\r\nOK\r\n"); };
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    co_await until([&] { return fake.count("AT+CMGD=7") == 1; });
  });
  EXPECT_EQ(host.messages.size(), 1U);
}

TEST_F(Session, fetches_a_stored_message_and_lets_the_modem_forget_it_afterwards) {
  fake.answers["AT+CPMS=\"ME\""] = "+CPMS: 1,50,1,50,1,50\r\n";
  fake.answers["AT+CMGR=7"] = "+CMGR: 0,,25\r\n" + some_message + "\r\n";
  fake.answers["AT+CMGD=7"] = "";
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.say("\r\n+CMTI: \"ME\",7\r\n");
    co_await until([&] { return fake.count("AT+CMGD=7") == 1; });
    EXPECT_EQ(host.messages.size(), 1U);
  });
}

TEST_F(Session, looks_for_a_stored_report_where_it_was_not_announced) {
  for (const char* memory : {"SM", "SR"}) fake.answers[std::string("AT+CPMS=\"") + memory + "\""] = "+CPMS: 0,0\r\n";
  fake.next_answers["AT+CMGR=0"] = {"OK\r\n"};
  fake.answers["AT+CMGR=0"] = "+CMGR: 0,,25\r\n" + some_report + "\r\n";
  fake.answers["AT+CMGD=0"] = "";
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.say("\r\n+CDSI: \"SM\",0\r\n");
    co_await until([&] { return fake.count("AT+CMGD=0") == 1; });
  });
  EXPECT_EQ(host.reports.size(), 1U);
  EXPECT_EQ(fake.count("AT+CPMS=\"SR\""), 1);
}

TEST_F(Session, collects_what_came_while_nobody_listened) {
  fake.answers["AT+CMGL=4"] = "+CMGL: 2,0,,25\r\n" + some_message + "\r\n+CMGL: 3,2,,25\r\n" + some_pdu + "\r\n";
  fake.answers["AT+CMGD=2"] = "";
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    EXPECT_EQ(host.messages.size(), 1U);
  });
  EXPECT_EQ(fake.count("AT+CMGD=2"), 1);
  EXPECT_EQ(fake.count("AT+CMGD=3"), 0);
}

TEST_F(Session, says_that_another_process_holds_the_port) {
  fake.plug();
  const int other = ::open(link.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  ASSERT_EQ(::flock(other, LOCK_EX), 0);
  play([&]() -> async::Task<> {
    co_await until([&] { return modem().status().state == State::busy; });
    EXPECT_THAT(modem().status().sentence, HasSubstr("held by another process"));
    ::close(other);
    co_await ready();
  });
}

TEST_F(Session, looks_only_now_and_then_at_a_path_that_can_be_no_port) {
  options.port = "/etc/hostname/modem";
  play([&]() -> async::Task<> {
    co_await until([&] { return modem().status().state == State::failed; });
    EXPECT_THAT(modem().status().sentence, HasSubstr("Correct the path"));
    co_await async::sleep_for(300ms);
  });
  EXPECT_LT(host.statuses.size(), 20U);
}

TEST_F(Session, is_out_of_reach_when_a_fault_ended_it) {
  host.fault = true;
  const std::vector<Driver> drivers{driver};
  Finder finder(loop.get_executor(), finding, drivers, {options.port});
  Modem own(loop.get_executor(), options, Modem::Surroundings{drivers, finding, finder, host});
  bool caught = false;
  auto running = [&]() -> async::Task<> {
    try {
      co_await own.run();
    } catch (const std::runtime_error&) {
      caught = true;
    }
    own.stop();
    fake.finish();
  };
  fake.plug();
  async::Scope scope(loop.get_executor());
  scope.spawn(fake.run());
  scope.spawn(running());
  loop.run();
  EXPECT_TRUE(caught);
}

TEST_F(Session, finds_a_port_that_appears_and_a_modem_that_returns) {
  play([&]() -> async::Task<> {
    co_await until([&] { return modem().status().state == State::absent; });
    EXPECT_THAT(modem().status().sentence, HasSubstr("does not exist"));
    fake.plug();
    co_await ready();
    fake.unplug();
    co_await until([&] { return modem().status().state == State::absent; });
    fake.plug();
    co_await ready();
    EXPECT_TRUE(std::holds_alternative<Accepted>(co_await submit()));
  });
  EXPECT_EQ(modem().status().recoveries.reopens, 1U);
}

TEST_F(Session, tells_a_modem_from_something_else_that_answers) {
  for (const char* name : {"AT+CGSN", "AT+CIMI", "AT+CCID"}) fake.answers.erase(name);
  fake.plug();
  play([&]() -> async::Task<> {
    auto unmasked = [&] { return host.said("answers, but is not a modem with a SIM"); };
    co_await until(unmasked);
    fake.answers = {{"AT", ""}, {"ATE0V1Q0", ""}};
    host.statuses.clear();
    co_await until(unmasked);
  });
  EXPECT_EQ(host.served, 0);
}

TEST_F(Session, gives_up_on_a_port_that_does_not_answer) {
  fake.instead["AT"] = fake.instead["ATE0V1Q0"] = [] {};
  fake.plug();
  play([&]() -> async::Task<> {
    co_await until([&] { return fake.count("ATE0V1Q0") == 2; });
    co_await until([&] {
      fake.say(std::string(2000, 'x'));
      return host.said("nothing readable");
    });
  });
}

TEST_F(Session, types_a_pin_once_and_never_a_puk) {
  options.pin = "1234";
  fake.answers["AT+CPIN?"] = "+CPIN: SIM PIN\r\n";
  fake.next_answers["AT+CPIN=\"1234\""] = {"+CME ERROR: 16\r\n"};
  fake.plug();
  play([&]() -> async::Task<> {
    co_await until([&] { return host.said("is not tried again"); });
    fake.unplug();
    co_await until([&] { return modem().status().state == State::absent; });
    fake.plug();
    const int looks = fake.count("AT+CPIN?");
    co_await until([&] { return fake.count("AT+CPIN?") > looks; });
    fake.answers["AT+CPIN?"] = "+CPIN: SIM PUK\r\n";
    co_await until([&] { return host.said("PUK"); });
  });
  EXPECT_EQ(fake.count("AT+CPIN=\"1234\""), 1);
  for (const std::string& line : fake.lines) EXPECT_TRUE(line.rfind("AT+CPIN=", 0) != 0 || line == "AT+CPIN=\"1234\"");
}

TEST_F(Session, goes_on_when_the_pin_was_accepted) {
  options.pin = "1234";
  fake.answers["AT+CPIN?"] = "+CPIN: SIM PIN\r\n";
  fake.instead["AT+CPIN=\"1234\""] = [&] {
    fake.answers["AT+CPIN?"] = "+CPIN: READY\r\n";
    fake.say("\r\nOK\r\n");
  };
  fake.plug();
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_EQ(fake.count("AT+CPIN=\"1234\""), 1);
}

TEST_F(Session, waits_for_sim_and_network_and_says_so) {
  fake.next_answers["AT+CPIN?"] = {"+CME ERROR: 10\r\n"};
  fake.next_answers["AT+CREG?"] = {"+CREG: 0,3\r\n\r\nOK\r\n"};
  fake.plug();
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_TRUE(host.said("no SIM card"));
  EXPECT_TRUE(host.said("refuses this SIM"));
  EXPECT_TRUE(modem().status().sentence.empty());
}

TEST_F(Session, lives_with_an_answer_that_has_no_final_result) {
  fake.instead["AT+CPIN?"] = [&] { fake.say("\r\n+CPIN: READY\r\n"); };
  fake.plug();
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_EQ(host.served, 1);
}

TEST_F(Session, stops_serving_without_a_network_and_goes_on_when_it_is_back) {
  options.keep_alive = 1s;
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.answers["AT+CREG?"] = "+CREG: 0,2\r\n";
    co_await until([&] { return host.link == nullptr; });
    EXPECT_EQ(modem().status().state, State::waiting);
    fake.answers["AT+CREG?"] = "+CREG: 0,5\r\n";
    co_await ready();
    EXPECT_EQ(modem().status().registration, 5);
  });
  EXPECT_EQ(host.served, 2);
  EXPECT_EQ(modem().status().recoveries.reopens, 0U);
}

TEST_F(Session, sets_a_modem_up_again_that_restarted_by_itself) {
  options.keep_alive = 1s;
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.next_answers["AT+CNMI?"] = {"+CNMI: 0,0,0,0,0\r\n\r\nOK\r\n"};
    co_await until([&] { return host.served == 2; });
  });
  EXPECT_TRUE(host.said("has lost its settings"));
}

TEST_F(Session, ends_when_the_modem_falls_silent) {
  options.keep_alive = 1s;
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.instead["AT+CSQ"] = [] {};
    co_await until([&] { return host.said("does not answer to AT+CSQ"); });
    EXPECT_EQ(host.link, nullptr);
  });
}

TEST_F(Session, leaves_the_port_to_others_during_a_pause) {
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    modem().pause();
    co_await until([&] { return modem().status().state == State::paused; });
    const int other = ::open(link.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    EXPECT_EQ(::flock(other, LOCK_EX | LOCK_NB), 0);
    ::close(other);
    modem().resume();
    co_await ready();
  });
  EXPECT_EQ(host.served, 2);
}

TEST_F(Session, survives_echo_noise_and_numeric_answers) {
  fake.next_answers["AT"] = {"0\r", "0\r"};
  fake.instead["AT+CGMI"] = [&] { fake.say(std::string("AT+CGMI\r\r\n\0\xFF\r\nExample\r\n\r\nOK\r\n", 29)); };
  fake.plug();
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_EQ(modem().status().identity.manufacturer, "Example");
}

}  // namespace
}  // namespace burstd::modem

// How a modem becomes known over a real pseudo-terminal: slow ones, SIMs that are busy or locked, report routes.
#include "bench.hpp"

namespace burstd::modem {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::Not;

using SetUpOf = Bench;

constexpr const char* card = "8949012345678901234";

TEST_F(SetUpOf, a_slow_modem_takes_no_answer_for_that_of_another_command) {
  fake.slow = 1;
  fake.plug();
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_EQ(modem().status().identity.manufacturer, "Example Modems");
  EXPECT_EQ(modem().status().identity.model, "X100");
  EXPECT_EQ(host.served, 1);
  EXPECT_EQ(fake.count("AT"), 2);
}

TEST_F(SetUpOf, a_modem_that_was_not_listening_at_first_is_not_waited_for) {
  fake.next_answers["AT"] = {"", ""};
  fake.plug();
  const base::Steady start = async::now().steady;
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_LT(async::now().steady - start, 4s);
  EXPECT_EQ(modem().status().identity.manufacturer, "Example Modems");
}

TEST_F(SetUpOf, a_busy_sim_is_asked_for_its_name_until_it_gives_it) {
  fake.next_answers["AT+CCID"] = {"+CME ERROR: 14\r\n", "+CME ERROR: 515\r\n"};
  fake.next_answers["AT+CIMI"] = {"+CMS ERROR: 314\r\n"};
  fake.plug();
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_EQ(modem().status().identity.sim(), card);
  EXPECT_EQ(modem().status().identity.imsi, "262011234567890");
}

TEST_F(SetUpOf, a_sim_is_not_called_by_its_modems_name_before_it_was_asked_for_a_while) {
  const std::string no = "ERROR\r\n";
  fake.next_answers["AT+CCID"] = {no, no, no};
  fake.next_answers["AT+CIMI"] = {no, no};
  fake.plug();
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_EQ(modem().status().identity.sim(), card);
}

TEST_F(SetUpOf, a_sim_keeps_its_name_when_a_later_session_cannot_read_it) {
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.unplug();
    co_await until([&] { return host.link == nullptr; });
    fake.answers.erase("AT+CCID");
    fake.plug();
    co_await ready();
    EXPECT_EQ(host.link == nullptr ? "" : host.link->identity().sim(), card);
  });
}

TEST_F(SetUpOf, a_pin_that_was_right_is_typed_again_although_the_card_has_no_name_before_it) {
  options.pin = "1234";
  auto lock = [&] {
    fake.answers["AT+CPIN?"] = "+CPIN: SIM PIN\r\n";
    fake.answers.erase("AT+CCID");
  };
  fake.instead["AT+CPIN=\"1234\""] = [&] {
    fake.answers["AT+CPIN?"] = "+CPIN: READY\r\n";
    fake.answers["AT^ICCID?"] = std::string("^ICCID: ") + card + "\r\n";
    fake.say("\r\nOK\r\n");
  };
  lock();
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    EXPECT_EQ(modem().status().identity.sim(), card);
    fake.unplug();
    co_await until([&] { return host.link == nullptr; });
    lock();
    fake.answers.erase("AT^ICCID?");
    fake.plug();
    co_await ready();
  });
  EXPECT_EQ(fake.count("AT+CPIN=\"1234\""), 2);
}

TEST_F(SetUpOf, report_routes_that_the_modem_does_not_offer_are_not_tried) {
  fake.answers["AT+CNMI=?"] = "+CNMI: (0-2),(0-1),(0-3),(0,2),(0-1)\r\n";
  fake.answers["AT+CNMI=2,1,0,2,0"] = "";
  fake.answers["AT+CNMI?"] = "+CNMI: 2,1,0,2,0\r\n";
  fake.plug();
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_EQ(modem().status().report_route, "2,1,0,2,0");
  EXPECT_THAT(fake.lines, Not(Contains("AT+CNMI=2,1,0,1,0")));
  EXPECT_EQ(modem().status().sentence, "");
}

TEST_F(SetUpOf, a_modem_without_reports_sends_all_the_same_and_it_is_said) {
  fake.answers["AT+CNMI=?"] = "+CNMI: (0,1,2),(0,1),(0,2),(0),(1)\r\n";
  fake.answers["AT+CNMI=2,1,0,0,1"] = "";
  fake.answers["AT+CNMI?"] = "+CNMI: 2,1,0,0,1\r\n";
  fake.plug();
  std::string sentence;
  play([&]() -> async::Task<> {
    co_await ready();
    sentence = modem().status().sentence;
  });
  EXPECT_EQ(sentence, "This modem gives no delivery reports.");
  EXPECT_EQ(modem().status().report_route, "2,1,0,0,1");
}

TEST_F(SetUpOf, a_route_that_shows_its_reports_in_another_way_is_preferred_to_one_without) {
  fake.answers["AT+CNMI=2,1,0,0,0"] = "";
  fake.answers["AT+CNMI?"] = "+CNMI: 2,0,0,1,0\r\n";
  fake.plug();
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_EQ(modem().status().report_route, "2,1,0,1,0");
}

TEST_F(SetUpOf, a_route_is_asked_for_again_while_the_modem_is_busy) {
  fake.next_answers["AT+CNMI=2,1,0,1,0"] = {"+CMS ERROR: 515\r\n"};
  fake.plug();
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_EQ(modem().status().report_route, "2,1,0,1,0");
}

}  // namespace
}  // namespace burstd::modem

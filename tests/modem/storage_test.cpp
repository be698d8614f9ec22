// What a modem keeps for us, over a real pseudo-terminal: found wherever it is, handed on, and only then forgotten.
#include "bench.hpp"

namespace burstd::modem {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class Storage : public Bench {
 protected:
  Storage() {
    fake.answers["AT+CPMS=?"] = R"(+CPMS: ("SM","ME","SR"),("SM","ME"),("SM","ME"))"
                                "\r\n";
    fake.answers["AT+CPMS?"] = "+CPMS: \"ME\",0,50,\"ME\",0,50,\"ME\",0,50\r\n";
    for (const char* name : {"SR", "SM", "ME"}) {
      const std::string quoted = "\"" + std::string(name) + "\"";
      fake.answers["AT+CPMS=" + quoted] = "+CPMS: 0,50\r\n";
      fake.answers["AT+CPMS=" + quoted + "," + quoted + "," + quoted] = "+CPMS: 0,50\r\n";
    }
    fake.answers["AT+CMGD=0"] = fake.answers["AT+CMGD=8"] = "";
    fake.plug();
  }

  void keep(const std::string& memory, int index, const std::string& pdu) {
    const std::string text = std::to_string(index);
    fake.answers["AT+CMGR=" + text + "@" + memory] = "+CMGR: 0,,25\r\n" + pdu + "\r\n";
    fake.answers["AT+CMGL=4@" + memory] += "+CMGL: " + text + ",0,,25\r\n" + pdu + "\r\n";
  }
};

TEST_F(Storage, is_listed_memory_by_memory_and_chosen_again_as_it_was) {
  keep("SR", 8, some_report);
  keep("SM", 0, some_message);
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_EQ(host.reports.size(), 1U);
  EXPECT_EQ(host.messages.size(), 1U);
  EXPECT_THAT(fake.deleted, ElementsAre("SR:8", "SM:0"));
  EXPECT_EQ(fake.count("AT+CMGL=4"), 3);
  EXPECT_EQ(fake.count("AT+CPMS=\"ME\",\"ME\",\"ME\""), 1);
}

TEST_F(Storage, is_chosen_alone_where_three_at_once_are_refused) {
  fake.answers.erase("AT+CPMS=\"ME\",\"ME\",\"ME\"");
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_EQ(fake.count("AT+CPMS=\"ME\""), 2);
  EXPECT_EQ(fake.memory, "ME");
}

TEST_F(Storage, is_listed_as_it_is_where_the_modem_tells_of_no_choice) {
  fake.answers["AT+CPMS=?"] = "+CPMS: (),(),()\r\n";
  keep("SM", 8, some_report);
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_EQ(host.reports.size(), 1U);
  EXPECT_EQ(fake.count("AT+CMGL=4"), 1);
}

TEST_F(Storage, keeps_what_is_not_what_was_announced_and_looks_on) {
  play([&]() -> async::Task<> {
    co_await ready();
    keep("SM", 0, some_message);
    keep("SR", 0, some_report);
    fake.say("\r\n+CDSI: \"SM\",0\r\n");
    co_await until([&] { return !fake.deleted.empty(); });
    co_await async::sleep_for(50ms);
  });
  EXPECT_THAT(fake.deleted, ElementsAre("SR:0"));
  EXPECT_EQ(host.reports.size(), 1U);
  EXPECT_THAT(host.messages, IsEmpty());
}

TEST_F(Storage, is_searched_everywhere_for_what_is_at_no_place_it_should_be) {
  play([&]() -> async::Task<> {
    co_await ready();
    keep("ME", 8, some_report);
    fake.say("\r\n+CDSI: \"SM\",0\r\n");
    co_await until([&] { return !fake.deleted.empty(); });
  });
  EXPECT_THAT(fake.deleted, ElementsAre("ME:8"));
  EXPECT_EQ(host.reports.size(), 1U);
}

TEST_F(Storage, never_forgets_what_nobody_can_read_and_shows_it_once) {
  const std::string garbage(60, 'F');
  host.kinds[garbage] = PduKind::unreadable;
  keep("SM", 8, garbage);
  play([&]() -> async::Task<> {
    co_await ready();
    fake.unplug();
    co_await until([&] { return host.link == nullptr; });
    fake.plug();
    co_await ready();
    fake.say("\r\n+CMTI: \"SM\",8\r\n");
    co_await until([&] { return fake.count("AT+CMGR=8") > 0; });
    co_await async::sleep_for(50ms);
  });
  EXPECT_THAT(fake.deleted, IsEmpty());
  EXPECT_EQ(host.messages.size(), 1U);
}

TEST_F(Storage, is_left_alone_when_the_record_cannot_take_it) {
  host.durable = false;
  keep("SR", 8, some_report);
  play([&]() -> async::Task<> {
    co_await until([&] { return host.said("could not be recorded"); });
    EXPECT_THAT(fake.deleted, IsEmpty());
    host.durable = true;
    co_await ready();
  });
  EXPECT_THAT(fake.deleted, ElementsAre("SR:8"));
}

TEST_F(Storage, is_no_place_for_what_comes_directly_which_is_not_acknowledged_either_when_it_cannot_be_recorded) {
  fake.answers["AT+CSMS?"] = "+CSMS: 1,1,1,1\r\n";
  play([&]() -> async::Task<> {
    co_await ready();
    host.durable = false;
    fake.say("\r\n+CDS: 25\r\n" + some_report + "\r\n");
    co_await until([&] { return host.said("could not be recorded"); });
    EXPECT_EQ(fake.count("AT+CNMA"), 0);
    host.durable = true;
    co_await ready();
  });
}

TEST_F(Storage, hands_on_by_what_a_pdu_is_whatever_head_it_came_with) {
  play([&]() -> async::Task<> {
    co_await ready();
    fake.say("\r\n+CMT: ,25\r\n" + some_report + "\r\n");
    co_await until([&] { return host.reports.size() == 1; });
  });
}

TEST_F(Storage, is_not_acknowledged_any_more_once_the_modem_expects_none) {
  fake.answers["AT+CSMS?"] = "+CSMS: 1,1,1,1\r\n";
  fake.instead["AT+CNMA"] = [&] { fake.say("\r\n+CMS ERROR: 340\r\n"); };
  const std::string direct = "\r\n+CDS: 25\r\n" + some_report + "\r\n";
  play([&]() -> async::Task<> {
    co_await ready();
    for (int refused = 1; refused <= 3; ++refused) {
      fake.say(direct);
      co_await until([&] { return fake.count("AT+CNMA") == refused; });
    }
    fake.say(direct);
    co_await until([&] { return host.reports.size() == 4; });
    co_await async::sleep_for(50ms);
  });
  EXPECT_EQ(fake.count("AT+CNMA"), 3);
}

}  // namespace
}  // namespace burstd::modem

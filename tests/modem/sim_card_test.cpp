// The SIM and its PIN over a real pseudo-terminal: what is typed, when, how often, and what is said when it is not.
#include "bench.hpp"

namespace burstd::modem {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

class SimCardOf : public Bench {
 protected:
  SimCardOf() {
    options.pin = "1234";
    lock();
  }

  void lock() { fake.answers["AT+CPIN?"] = "+CPIN: SIM PIN\r\n"; }
  void ready_now() { fake.answers["AT+CPIN?"] = "+CPIN: READY\r\n"; }

  // The SIM takes this PIN.
  void takes(const std::string& pin) {
    fake.instead["AT+CPIN=\"" + pin + "\""] = [this] {
      ready_now();
      fake.say("\r\nOK\r\n");
    };
  }
  std::vector<std::string> typed() const {
    std::vector<std::string> all;
    for (const std::string& line : fake.lines) {
      if (line.rfind("AT+CPIN=", 0) == 0) all.push_back(line.substr(9, line.size() - 10));
    }
    return all;
  }
  async::Task<> said(std::string words) {
    const auto heard = [&] { return host.said(words); };
    co_await until(heard);
  }
  // Another look at the SIM has begun and ended since.
  async::Task<> looked_again() {
    const int looks = fake.count("AT+CPIN?");
    co_await until([&] { return fake.count("AT+CPIN?") >= looks + 2; });
  }
  async::Task<> plugged_again() {
    fake.unplug();
    co_await until([&] { return modem().status().state == State::absent; });
    lock();
    fake.plug();
  }
};

TEST_F(SimCardOf, records_a_pin_before_it_is_typed_and_what_came_of_it_afterwards) {
  std::vector<std::pair<std::string, PinEnd>> at_typing;
  fake.instead["AT+CPIN=\"1234\""] = [&] {
    at_typing = host.pins;
    ready_now();
    fake.say("\r\nOK\r\n");
  };
  fake.plug();
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_THAT(at_typing, ElementsAre(Pair("1234", PinEnd::unanswered)));
  EXPECT_THAT(host.pins, ElementsAre(Pair("1234", PinEnd::accepted)));
  EXPECT_FALSE(modem().status().wants_pin);
}

TEST_F(SimCardOf, counts_a_pin_without_an_answer_as_tried) {
  fake.instead["AT+CPIN=\"1234\""] = [&] { fake.unplug(); };
  fake.plug();
  play([&]() -> async::Task<> {
    co_await until([&] { return modem().status().state == State::absent; });
    EXPECT_THAT(host.pins, ElementsAre(Pair("1234", PinEnd::unanswered)));
    fake.plug();
    co_await said("It is not tried again.");
    co_await until([&] { return modem().status().wants_pin; });
  });
  EXPECT_THAT(typed(), ElementsAre("1234"));
}

TEST_F(SimCardOf, types_a_refused_pin_once_and_a_persons_pin_then) {
  fake.next_answers["AT+CPIN=\"1234\""] = {"+CME ERROR: 16\r\n"};
  takes("4321");
  fake.plug();
  play([&]() -> async::Task<> {
    co_await said("refused its PIN");
    co_await looked_again();
    EXPECT_THAT(modem().status().sentence, HasSubstr("refused its PIN")) << "what was said of it holds";
    modem().release({"4321", false});
    co_await ready();
    co_await plugged_again();
    co_await ready();
  });
  EXPECT_THAT(typed(), ElementsAre("1234", "4321", "4321")) << "the accepted one goes before the configured one";
}

TEST_F(SimCardOf, types_the_configured_pin_again_when_a_person_says_so) {
  fake.next_answers["AT+CPIN=\"1234\""] = {"+CME ERROR: 16\r\n"};
  fake.plug();
  play([&]() -> async::Task<> {
    co_await said("refused its PIN");
    takes("1234");
    modem().release({});
    co_await ready();
  });
  EXPECT_THAT(typed(), ElementsAre("1234", "1234"));
}

TEST_F(SimCardOf, tries_nothing_by_itself_when_tries_are_missing) {
  fake.answers["AT+CPINR"] = "+CPINR: SIM PIN2,3,3\r\n\r\n+CPINR: SIM PUK,10,10\r\n\r\n+CPINR: SIM PIN,2,3\r\n";
  takes("1234");
  fake.plug();
  play([&]() -> async::Task<> {
    co_await said("only 2 tries left");
    EXPECT_EQ(modem().status().pin_tries, 2);
    EXPECT_THAT(typed(), IsEmpty());
    modem().release({});
    co_await ready();
  });
  EXPECT_THAT(typed(), ElementsAre("1234"));
}

TEST_F(SimCardOf, takes_the_last_try_only_when_that_is_what_a_person_says) {
  driver.pin_counter = {"AT^CPIN?", "^CPIN:", 2};
  fake.answers["AT^CPIN?"] = "^CPIN: SIM PIN,10,1,10,3\r\n";
  takes("1234");
  fake.plug();
  play([&]() -> async::Task<> {
    co_await said("only 1 try left");
    modem().release({"1234", false});
    co_await looked_again();
    EXPECT_THAT(typed(), IsEmpty());
    modem().release({"1234", true});
    co_await ready();
  });
  EXPECT_THAT(typed(), ElementsAre("1234"));
  EXPECT_EQ(fake.count("AT+CPINR"), 0);
}

TEST_F(SimCardOf, types_the_pin_that_a_person_gave_and_no_other_whenever_it_comes) {
  fake.next_answers["AT+CPIN=\"1234\""] = {"+CME ERROR: 16\r\n"};
  takes("4321");
  fake.plug();
  play([&]() -> async::Task<> {
    co_await said("refused its PIN");
    co_await plugged_again();
    // In the middle of a look at a PIN that is blocked.
    fake.instead["AT+CPINR"] = [&] {
      fake.instead.erase("AT+CPINR");
      modem().release({"4321", false});
      fake.say("\r\nERROR\r\n");
    };
    co_await ready();
  });
  EXPECT_THAT(typed(), ElementsAre("1234", "4321"));
}

TEST_F(SimCardOf, keeps_no_release_for_another_day) {
  options.pin.reset();
  fake.plug();
  play([&]() -> async::Task<> {
    co_await said("needs its PIN");
    EXPECT_TRUE(modem().status().wants_pin);
    modem().release({"4321", true});
    ready_now();  // the card was unlocked in another way
    co_await ready();
    EXPECT_FALSE(modem().status().wants_pin);
    host.statuses.clear();
    co_await plugged_again();
    co_await said("needs its PIN");
  });
  EXPECT_THAT(typed(), IsEmpty());
}

TEST_F(SimCardOf, never_types_what_is_no_pin) {
  options.pin = "12 34";
  fake.plug();
  play([&]() -> async::Task<> { co_await said("four to eight digits"); });
  EXPECT_THAT(typed(), IsEmpty());
  EXPECT_THAT(host.pins, IsEmpty());
}

TEST_F(SimCardOf, needs_no_second_pin) {
  fake.answers["AT+CPIN?"] = "+CPIN: SIM PIN2\r\n";
  fake.plug();
  play([&]() -> async::Task<> { co_await ready(); });
  EXPECT_THAT(typed(), IsEmpty());
}

TEST_F(SimCardOf, leaves_other_locks_to_people) {
  fake.answers["AT+CPIN?"] = "+CPIN: PH-NET PIN\r\n";
  fake.plug();
  play([&]() -> async::Task<> { co_await said("PH-NET PIN"); });
  EXPECT_THAT(typed(), IsEmpty());
  EXPECT_FALSE(modem().status().wants_pin);
}

TEST_F(SimCardOf, asks_nothing_of_a_sim_that_is_not_welcome) {
  host.unwelcome = "Another SIM is in it.";
  fake.plug();
  play([&]() -> async::Task<> {
    co_await said("Another SIM is in it.");
    EXPECT_EQ(fake.count("AT+CPIN?"), 0);
    host.unwelcome.clear();
    takes("1234");
    co_await ready();
  });
}

}  // namespace
}  // namespace burstd::modem

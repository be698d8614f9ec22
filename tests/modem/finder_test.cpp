// The Finder over a pretended bus and real pseudo-terminals: whom it asks and in which order, whom it leaves alone, and
// that nothing is lost between it and the session that follows.
#include "modem/finder.hpp"

#include <sys/file.h>

#include "bench.hpp"
#include "raw_end.hpp"
#include "serial/bus_tree.hpp"

namespace burstd::modem {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* stick_id = "1209:0001";
constexpr const char* adapter_id = "1209:00ff";
const std::string stick_imei = "490154203237518";

class FinderOf : public testing::Test {
 protected:
  FinderOf() {
    driver.command_timeout = 1s;
    driver.usb = {{stick_id, {"02", "00"}}};
    finding.sysfs = tree.sys().string();
    finding.devices = tree.dev().string();
  }

  std::string port(const std::string& tty) const { return (tree.dev() / tty).string(); }

  // A port of the device in this socket, with a modem behind it.
  FakeModem& add(const std::string& socket, const std::string& interface, const std::string& tty) {
    tree.add_serial(tree.add_interface(socket, interface), tty);
    fakes.push_back(std::make_unique<FakeModem>(loop.get_executor(), port(tty)));
    fakes.back()->plug();
    scope.spawn(fakes.back()->run());
    scope.spawn(fakes.back()->obey());
    return *fakes.back();
  }
  FakeModem& add_stick(const std::string& socket, const std::string& tty, const char* id = stick_id) {
    tree.add_device(socket, id);
    return add(socket, "00", tty);
  }
  static void hush(FakeModem& fake) {
    fake.instead["AT"] = fake.instead["ATE0V1Q0"] = [] {};
  }

  void want(const std::string& name, const std::string& imei, const std::string& sim = {}) {
    Wanted wanted;
    wanted.name = name;
    wanted.imei = imei;
    wanted.sim = sim;
    wants.push_back(wanted);
  }

  void play(const std::function<async::Task<>()>& story) {
    finder.emplace(loop.get_executor(), finding, std::vector<Driver>{driver}, ports);
    for (const Wanted& wanted : wants) finder->want(wanted);
    auto unsettled = [this]() -> async::Task<std::optional<Unresolved>> { co_return attempt; };
    scope.spawn(finder->run(unsettled));
    scope.spawn(tell(story));
    loop.run();
    EXPECT_EQ(scope.size(), 0U);
  }
  async::Task<> tell(const std::function<async::Task<>()>& story) {
    co_await story();
    finder->stop();
    for (auto& fake : fakes) fake->finish();
  }
  async::Task<> until(std::function<bool()> condition) {
    const base::Steady latest = async::now().steady + 15s;
    while (!condition() && async::now().steady < latest) co_await async::sleep_for(2ms);
    EXPECT_TRUE(condition()) << "waited in vain";
  }
  async::Task<> placed(std::string name) {
    const auto has_place = [&] { return finder->place_of(name).has_value(); };
    co_await until(has_place);
  }
  bool told(const std::string& words) {
    const auto all = finder->strangers();
    return std::any_of(all.begin(), all.end(),
                       [&](const Stranger& each) { return each.sentence.find(words) != std::string::npos; });
  }

  serial::BusTree tree;
  boost::asio::io_context loop;
  async::Scope scope{loop.get_executor()};
  std::vector<std::unique_ptr<FakeModem>> fakes;
  Finding finding;
  Driver driver;
  std::vector<std::string> ports;
  std::vector<Wanted> wants;
  std::optional<Unresolved> attempt;
  std::optional<Finder> finder;
};

TEST_F(FinderOf, at_is_found_behind_a_silent_port_in_the_drivers_order) {
  tree.add_device("1-1", stick_id);
  FakeModem& listed_last = add("1-1", "00", "ttyUSB0");
  FakeModem& not_listed = add("1-1", "01", "ttyUSB1");
  FakeModem& listed_first = add("1-1", "02", "ttyUSB2");
  hush(listed_first);
  want("front", stick_imei);
  play([&]() -> async::Task<> {
    co_await placed("front");
    EXPECT_EQ(finder->place_of("front")->port, port("ttyUSB0"));
    EXPECT_EQ(finder->place_of("front")->usb, stick_id);
    EXPECT_EQ(finder->place_of("front")->socket, "1-1");
    EXPECT_NE(finder->take("front"), nullptr);
    EXPECT_EQ(finder->take("front"), nullptr);
  });
  EXPECT_THAT(listed_first.lines, Contains("AT"));
  EXPECT_THAT(listed_last.lines, Contains("AT+CGSN"));
  EXPECT_THAT(not_listed.lines, IsEmpty());
}

TEST_F(FinderOf, an_adapter_that_no_driver_knows_hears_not_one_octet) {
  const RawEnd other;
  tree.add_device("1-1", adapter_id);
  tree.add_serial(tree.add_interface("1-1", "00"), "ttyUSB7");
  std::filesystem::remove(port("ttyUSB7"));
  std::filesystem::create_symlink(other.path(), port("ttyUSB7"));
  add_stick("1-2", "ttyUSB0");
  want("front", stick_imei);
  play([&]() -> async::Task<> {
    co_await placed("front");
    co_await async::sleep_for(100ms);
    EXPECT_TRUE(told("It is not spoken to"));
    EXPECT_THAT(finder->missing("back"), HasSubstr("Not in use: 1 other device; `burstctl modems` tells why."));
  });
  EXPECT_EQ(other.heard(), "");
}

TEST_F(FinderOf, an_adapter_that_no_driver_knows_is_asked_when_it_is_named_or_all_are) {
  finding.unknown_adapters = true;
  add_stick("1-1", "ttyUSB0", adapter_id);
  want("front", stick_imei);
  play([&]() -> async::Task<> { co_await placed("front"); });
}

TEST_F(FinderOf, an_adapter_that_is_named_by_its_socket_is_asked) {
  add_stick("1-1", "ttyUSB0", adapter_id);
  want("front", "");
  wants.back().usb = wants.back().named_usb = "1-1";
  play([&]() -> async::Task<> { co_await placed("front"); });
}

TEST_F(FinderOf, a_busy_port_is_said_to_be_so_and_asked_again) {
  add_stick("1-1", "ttyUSB0");
  want("front", stick_imei);
  const int other = ::open(port("ttyUSB0").c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  ASSERT_EQ(::flock(other, LOCK_EX), 0);
  play([&]() -> async::Task<> {
    co_await until([&] { return told("held by another process"); });
    ::close(other);
    co_await placed("front");
    EXPECT_THAT(finder->strangers(), IsEmpty());
  });
}

TEST_F(FinderOf, a_modem_that_comes_late_is_asked_then_and_one_that_goes_loses_its_place) {
  want("front", stick_imei);
  play([&]() -> async::Task<> {
    co_await async::sleep_for(50ms);
    EXPECT_FALSE(finder->place_of("front"));
    EXPECT_EQ(finder->missing("front"), "No modem with IMEI " + stick_imei + " is plugged in.");
    FakeModem& fake = add_stick("1-1", "ttyUSB0");
    co_await placed("front");
    fake.unplug();
    co_await until([&] { return !finder->place_of("front"); });
    EXPECT_THAT(finder->strangers(), IsEmpty());
    fake.plug();
    co_await placed("front");
  });
}

TEST_F(FinderOf, a_device_that_vanishes_while_it_is_asked_is_forgotten_and_asked_anew_when_it_is_back) {
  FakeModem& fake = add_stick("1-1", "ttyUSB0");
  fake.instead["AT+CGMM"] = [&] { fake.unplug(); };
  want("front", stick_imei);
  play([&]() -> async::Task<> {
    co_await until([&] { return fake.count("AT+CGMM") == 1; });
    co_await until([&] { return finder->strangers().empty(); });
    EXPECT_FALSE(finder->place_of("front"));
    fake.instead.clear();
    fake.plug();
    co_await placed("front");
  });
}

TEST_F(FinderOf, a_terminal_that_nobody_takes_is_closed_so_that_others_can_open_the_port) {
  add_stick("1-1", "ttyUSB0");
  play([&]() -> async::Task<> {
    co_await until([&] { return finder->nameless().size() == 1; });
    const auto free = [&] {
      const int other = ::open(port("ttyUSB0").c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
      const bool got = other >= 0 && ::flock(other, LOCK_EX | LOCK_NB) == 0;
      if (other >= 0) ::close(other);
      return got;
    };
    EXPECT_FALSE(free());
    co_await until(free);
    EXPECT_EQ(finder->nameless().size(), 1U);
    EXPECT_TRUE(told("No modem of the configuration is meant by it"));
  });
}

TEST_F(FinderOf, a_sim_that_hides_itself_is_asked_again_until_it_tells) {
  FakeModem& fake = add_stick("1-1", "ttyUSB0");
  const std::string card = fake.answers["AT+CCID"], subscriber = fake.answers["AT+CIMI"];
  fake.answers.erase("AT+CCID");
  fake.answers.erase("AT+CIMI");
  want("front", "", "8949012345678901234");
  play([&]() -> async::Task<> {
    co_await until([&] { return told("It may be modem front"); });
    fake.answers["AT+CCID"] = card;
    fake.answers["AT+CIMI"] = subscriber;
    co_await placed("front");
  });
}

TEST_F(FinderOf, two_that_are_alike_are_seen_together_before_one_gets_the_name) {
  add_stick("1-1", "ttyUSB0");
  FakeModem& slow = add_stick("1-2", "ttyUSB1");
  slow.next_answers["AT"] = {""};
  want("front", stick_imei);
  play([&]() -> async::Task<> {
    co_await until([&] { return told("Several modems fit"); });
    EXPECT_FALSE(finder->place_of("front"));
    EXPECT_EQ(finder->nameless().size(), 2U);
  });
}

TEST_F(FinderOf, a_device_that_is_named_by_its_port_is_left_to_its_modem) {
  FakeModem& claimed = add_stick("1-1", "ttyUSB0");
  add_stick("1-2", "ttyUSB1");
  ports = {port("ttyUSB0")};
  play([&]() -> async::Task<> {
    co_await until([&] { return finder->nameless().size() == 1; });
    EXPECT_EQ(finder->nameless().front().port, port("ttyUSB1"));
    EXPECT_EQ(finder->place_at(port("ttyUSB0"))->socket, "1-1");
  });
  EXPECT_THAT(claimed.lines, IsEmpty());
}

TEST_F(FinderOf, a_device_whose_name_for_the_port_comes_after_the_port_is_given_up_to_its_modem) {
  add_stick("1-1", "ttyUSB0");
  ports = {port("by-name")};
  play([&]() -> async::Task<> {
    co_await until([&] { return finder->nameless().size() == 1; });
    std::filesystem::create_symlink("ttyUSB0", port("by-name"));
    co_await until([&] { return finder->nameless().empty(); });
    EXPECT_THAT(finder->strangers(), IsEmpty());
    const auto free = [&] { return serial::Port::open(loop.get_executor(), {port("by-name"), 115200}).has_value(); };
    co_await until(free);
  });
}

TEST_F(FinderOf, stopping_in_the_middle_of_a_question_ends_it) {
  FakeModem& fake = add_stick("1-1", "ttyUSB0");
  hush(fake);
  base::Steady stopped{};
  play([&]() -> async::Task<> {
    co_await until([&] { return fake.count("AT") == 1; });
    stopped = async::now().steady;
    finder->stop();
  });
  EXPECT_LT(async::now().steady - stopped, 3s) << "it would have asked for longer";
  EXPECT_LE(fake.count("AT"), 1);
}

// With the modem that takes over where the Finder has asked.
class FinderAndModem : public FinderOf {
 protected:
  void play_with_modem(const std::function<async::Task<>()>& story) {
    options.name = "front";
    options.imei = stick_imei;
    options.reopen_first = 20ms;
    options.reopen_most = 100ms;
    want("front", stick_imei);
    const std::vector<Driver> drivers{driver};
    play([&]() -> async::Task<> {
      Modem modem(loop.get_executor(), options, Modem::Surroundings{drivers, finding, *finder, host});
      async::Scope inner(loop.get_executor());
      inner.spawn(modem.run());
      co_await story();
      modem.stop();
      co_await inner.join();
    });
  }

  Options options;
  FakeHost host;
};

TEST_F(FinderAndModem, what_is_heard_during_the_asking_is_delivered_by_the_session) {
  FakeModem& fake = add_stick("1-1", "ttyUSB0");
  fake.instead["AT+CGMM"] = [&] {
    fake.instead.clear();
    fake.say("\r\n+CDS: 25\r\n" + some_report + "\r\n\r\nX100\r\n\r\nOK\r\n");
  };
  play_with_modem([&]() -> async::Task<> {
    co_await until([&] { return host.link != nullptr; });
    co_await until([&] { return host.reports.size() == 1; });
  });
  EXPECT_THAT(host.reports, ElementsAre("8949012345678901234 " + some_report));
  EXPECT_EQ(fake.count("ESC"), 1) << "it is not approached a second time";
}

TEST_F(FinderAndModem, a_late_verdict_that_is_heard_during_the_asking_is_told_by_the_session) {
  attempt = host.open = Unresolved{async::now().wall};
  FakeModem& fake = add_stick("1-1", "ttyUSB0");
  fake.instead["AT"] = [&] {
    fake.instead.clear();
    fake.say("\r\n+CMGS: 42\r\n\r\nOK\r\n");
  };
  play_with_modem([&]() -> async::Task<> {
    co_await until([&] { return !host.late.empty(); });
    co_await until([&] { return host.link != nullptr; });
  });
  ASSERT_EQ(host.late.size(), 1U);
  EXPECT_EQ(std::get<Accepted>(host.late.front()).reference, 42);
  EXPECT_EQ(fake.count("ESC"), 0) << "a message may still be on its way";
}

TEST_F(FinderAndModem, says_that_it_waits_for_word_of_a_message) {
  attempt = host.open = Unresolved{async::now().wall};
  FakeModem& fake = add_stick("1-1", "ttyUSB0");
  fake.instead["AT"] = [] {};
  play_with_modem([&]() -> async::Task<> {
    co_await until([&] { return host.said("for word of a message that may be on the air"); });
    fake.instead.clear();
    fake.say("\r\n+CMGS: 42\r\n\r\nOK\r\n");
    co_await until([&] { return host.link != nullptr; });
  });
}

TEST_F(FinderAndModem, is_found_again_at_another_port) {
  FakeModem& fake = add_stick("1-1", "ttyUSB0");
  play_with_modem([&]() -> async::Task<> {
    co_await until([&] { return host.link != nullptr; });
    fake.unplug();
    co_await until([&] { return host.link == nullptr; });
    add_stick("1-2", "ttyUSB1");
    co_await until([&] { return host.link != nullptr; });
    EXPECT_EQ(host.statuses.back().port, port("ttyUSB1"));
    EXPECT_EQ(host.statuses.back().socket, "1-2");
  });
}

}  // namespace
}  // namespace burstd::modem

// The pretended bus, judged by the eyes of the daemon.
#include "serial/bus.hpp"

#include <gmock/gmock.h>
#include <sys/ioctl.h>

#include "bench_on_ptys.hpp"
#include "serial/port.hpp"
#include "serial/watch.hpp"

namespace burstd::sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class SimulatedBus : public BenchOnPtys {
 protected:
  SimulatedBus() {
    options.bus = home / "bus";
    folders = serial::Folders{options.bus + "/sys", options.bus + "/dev"};
  }

  // "1-1 02 ttyUSB0" of every port that the daemon finds.
  std::vector<std::string> found() const {
    std::vector<std::string> lines;
    for (const auto& one : serial::candidates(folders)) {
      const auto name = std::filesystem::path(one.path).filename().string();
      lines.push_back(one.usb->socket + " " + one.usb->interface + " " + name);
    }
    return lines;
  }

  // "1-1 1209:0001", and "+" when it has a port.
  std::vector<std::string> plugged() const {
    std::vector<std::string> lines;
    for (const auto& one : serial::devices(folders)) {
      lines.push_back(one.socket + " " + one.id + (one.has_port ? " +" : ""));
    }
    return lines;
  }

  int open_node(const std::string& name) const {
    return ::open((folders.devices + "/" + name).c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK);
  }

  std::string opened() {
    serial::Settings settings;
    settings.path = options.dir + "/modem1";
    const auto port = serial::Port::open(loop.get_executor(), settings);
    return port ? "" : port.error().code;
  }

  bool obeys(std::string_view line) { return order(line).at("ok").as_bool(); }

  serial::Folders folders;
};

TEST_F(SimulatedBus, HasOneDeviceForEachModem) {
  options.usb_id = "1209:0007";
  options.usb_serial = "SIM";
  start();
  EXPECT_THAT(found(), ElementsAre("1-1 00 ttyUSB0", "1-2 00 ttyUSB1"));
  EXPECT_THAT(plugged(), ElementsAre("1-1 1209:0007 +", "1-2 1209:0007 +"));
  const auto second = serial::candidates(folders)[1];
  EXPECT_EQ(second.usb->serial, "SIM2");
  EXPECT_EQ(second.usb->function, "ff/00/00");
  EXPECT_EQ(second.usb->product, "PM-1");
  EXPECT_EQ(serial::candidate_at(folders, options.dir + "/modem2")->path, second.path);
}

TEST_F(SimulatedBus, OnlyOneOfManyPortsAnswers) {
  options.interfaces = 3;
  options.at_interface = 1;
  start();
  EXPECT_THAT(found(), ElementsAre("1-1 00 ttyUSB0", "1-1 01 ttyUSB1", "1-1 02 ttyUSB2", "1-2 00 ttyUSB3",
                                   "1-2 01 ttyUSB4", "1-2 02 ttyUSB5"));
  EXPECT_EQ(serial::candidates(folders)[1].usb->function, "ff/00/01");
  const int right = open_node("ttyUSB1");
  EXPECT_THAT(say(right, "AT\r"), HasSubstr("OK"));
  ::close(right);
  const int wrong = open_node("ttyUSB2");
  ASSERT_GE(wrong, 0);
  write(wrong, "AT\r");
  turn(50);
  char octet = 0;
  EXPECT_LT(::read(wrong, &octet, 1), 0);
  EXPECT_EQ(errno, EAGAIN);
  ::close(wrong);
}

TEST_F(SimulatedBus, ASilentPortIsAsGoodAsNewForItsNextOpener) {
  options.interfaces = 2;
  start();
  const std::string much(3000, 'x');
  for (int round = 0; round < 4; ++round) {
    const int port = open_node("ttyUSB1");
    int exclusive = 1;
    ASSERT_EQ(::ioctl(port, TIOCGEXCL, &exclusive), 0);
    EXPECT_EQ(exclusive, 0);
    ::ioctl(port, TIOCEXCL);
    write(port, much);
    ::close(port);
    turn(20);
  }
}

TEST_F(SimulatedBus, FollowsPluggingAndIsHeardToDoSo) {
  start();
  serial::Watch watch(loop.get_executor(), {folders.devices});
  bench->scope().spawn(watch.run());
  turn(5);
  EXPECT_TRUE(obeys("unplug modem1"));
  EXPECT_THAT(found(), ElementsAre("1-2 00 ttyUSB1"));
  EXPECT_THAT(plugged(), ElementsAre("1-2 1209:0001 +"));
  turn(5);
  EXPECT_EQ(watch.changes(), 1U);
  EXPECT_TRUE(obeys("shift 2"));
  EXPECT_TRUE(obeys("plug modem1"));
  EXPECT_THAT(found(), ElementsAre("1-1 00 ttyUSB3", "1-2 00 ttyUSB1"));
  turn(5);
  EXPECT_GT(watch.changes(), 1U);
  EXPECT_THAT(journal(), HasSubstr("\"socket\":\"1-1\",\"device\":\"" + folders.devices + "/ttyUSB3\""));
  EXPECT_TRUE(obeys("shift 0"));
  EXPECT_TRUE(obeys("unplug modem1"));
  EXPECT_TRUE(obeys("plug modem1"));
  EXPECT_THAT(found(), ElementsAre("1-1 00 ttyUSB0", "1-2 00 ttyUSB1"));
  watch.stop();
}

TEST_F(SimulatedBus, AModemMovesToAnotherSocketAndChangesItsIdentity) {
  start();
  EXPECT_FALSE(obeys("move modem1 1-2"));
  EXPECT_FALSE(obeys("move modem1 ../../1"));
  EXPECT_TRUE(obeys("usb-id modem1 1209:00ab"));
  EXPECT_FALSE(obeys("usb-id modem1 1209"));
  EXPECT_TRUE(obeys("move modem1 2-1.4"));
  EXPECT_THAT(plugged(), ElementsAre("1-2 1209:0001 +", "2-1.4 1209:00ab +"));
  const int port = open_node("ttyUSB0");
  EXPECT_THAT(say(port, "AT\r"), HasSubstr("OK"));
  ::close(port);
  EXPECT_EQ(order("status").at("modems").as_array()[0].at("socket"), "2-1.4");
}

TEST_F(SimulatedBus, AGhostHasNoPort) {
  start();
  const auto said = order("ghost 12d1:14fe");
  EXPECT_EQ(said.at("socket"), "1-3");
  EXPECT_TRUE(obeys("ghost 12d1:14fe 1-7.1"));
  EXPECT_THAT(plugged(), ElementsAre("1-1 1209:0001 +", "1-2 1209:0001 +", "1-3 12d1:14fe", "1-7.1 12d1:14fe"));
  EXPECT_TRUE(std::filesystem::exists(folders.devices + "/sr1"));
  EXPECT_EQ(found().size(), 2U);
  EXPECT_FALSE(obeys("ghost 12d1:14fe 1-1"));
  EXPECT_FALSE(obeys("ghost 12d1 1-8"));
  EXPECT_FALSE(obeys("move modem1 1-3"));
  EXPECT_TRUE(obeys("unghost 1-3"));
  EXPECT_FALSE(obeys("unghost 1-3"));
  EXPECT_TRUE(obeys("move modem1 1-3"));
}

TEST_F(SimulatedBus, TheSwitchOfASocketTakesThePortAndBringsItBack) {
  start();
  ASSERT_TRUE(serial::switch_off(folders, "1-1"));
  turn(20);
  EXPECT_THAT(plugged(), ElementsAre("1-1 1209:0001", "1-2 1209:0001 +"));
  EXPECT_LT(open_port(), 0);
  ASSERT_TRUE(serial::switch_on(folders, "1-1"));
  turn(20);
  EXPECT_THAT(plugged(), ElementsAre("1-1 1209:0001 +", "1-2 1209:0001 +"));
  const int port = open_port();
  EXPECT_THAT(say(port, "AT\r"), HasSubstr("OK"));
  ::close(port);
  ASSERT_TRUE(serial::switch_off(folders, "1-1"));
  turn(20);
  EXPECT_TRUE(obeys("unplug modem1"));
  EXPECT_THAT(plugged(), ElementsAre("1-2 1209:0001 +"));
  EXPECT_TRUE(obeys("plug modem1"));
  EXPECT_THAT(plugged(), ElementsAre("1-1 1209:0001 +", "1-2 1209:0001 +"));
}

TEST_F(SimulatedBus, ABusyPortIsHeldByAnother) {
  start();
  EXPECT_EQ(opened(), "");
  turn(20);
  EXPECT_TRUE(obeys("busy modem1 on"));
  EXPECT_EQ(opened(), "port-busy");
  turn(20);
  EXPECT_EQ(opened(), "port-busy");
  turn(20);
  const int look = open_port();
  int exclusive = 0;
  EXPECT_EQ(::ioctl(look, TIOCGEXCL, &exclusive), 0);
  EXPECT_EQ(exclusive, 1);
  ::close(look);
  turn(20);
  EXPECT_TRUE(obeys("busy modem1 off"));
  EXPECT_EQ(opened(), "");
  EXPECT_FALSE(obeys("busy modem1 perhaps"));
  EXPECT_TRUE(obeys("unplug modem1"));
  EXPECT_FALSE(obeys("busy modem1 on"));
}

TEST_F(SimulatedBus, APortThatTheDaemonHasCannotBecomeBusy) {
  start();
  serial::Settings settings;
  settings.path = options.dir + "/modem1";
  const auto port = serial::Port::open(loop.get_executor(), settings);
  ASSERT_TRUE(port);
  EXPECT_FALSE(obeys("busy modem1 on"));
}

TEST_F(SimulatedBus, IsTakenAwayAtTheEndAndReplacesOnlyItsOwn) {
  std::filesystem::create_directories(folders.sysfs + "/precious");
  bench.emplace(loop.get_executor(), options);
  EXPECT_EQ(bench->start().error().code, "bus-taken");
  turn(5);
  EXPECT_TRUE(std::filesystem::exists(folders.sysfs + "/precious"));
  std::filesystem::remove_all(options.bus);
  start();
  EXPECT_EQ(found().size(), 2U);
  bench->stop();
  turn(5);
  EXPECT_TRUE(std::filesystem::is_empty(options.bus));
}

TEST_F(SimulatedBus, SurvivesASimulatorThatWasKilled) {
  std::filesystem::create_directories(folders.devices);
  std::ofstream(options.bus + "/made-by-burst-modem-sim") << "";
  std::ofstream(folders.devices + "/ttyUSB0") << "";
  start();
  EXPECT_THAT(found(), ElementsAre("1-1 00 ttyUSB0", "1-2 00 ttyUSB1"));
}

TEST_F(SimulatedBus, WantsAnInterfaceThatIsThere) {
  options.at_interface = 1;
  bench.emplace(loop.get_executor(), options);
  EXPECT_EQ(bench->start().error().code, "interface-invalid");
}

TEST_F(BenchOnPtys, OrdersToTheBusWantABus) {
  start();
  for (const char* line : {"move modem1 1-2", "usb-id modem1 1209:0002", "ghost 1209:0002", "unghost 1-3", "shift 1"}) {
    EXPECT_EQ(order(line).at("code"), "no-bus") << line;
  }
}

}  // namespace
}  // namespace burstd::sim

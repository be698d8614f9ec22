#include "serial/port.hpp"

#include <gtest/gtest.h>
#include <termios.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>
#include <optional>

#include "async/scope.hpp"
#include "pty.hpp"

namespace burstd::serial {
namespace {

class PortTest : public testing::Test {
 protected:
  base::Result<Port> open(const std::string& path) {
    Settings settings;
    settings.path = path;
    return Port::open(x_loop.get_executor(), settings);
  }

  void run(async::Task<> work) {
    async::Scope scope(x_loop.get_executor());
    scope.spawn(std::move(work));
    x_loop.restart();
    x_loop.run();
  }

  std::filesystem::path folder() {
    const auto path = std::filesystem::temp_directory_path() / ("burstd-port-" + std::to_string(::getpid()));
    std::filesystem::create_directories(path);
    return path;
  }

  boost::asio::io_context x_loop;
};

TEST_F(PortTest, carries_octets_both_ways_unchanged) {
  const Pty pty;
  auto port = open(pty.path());
  ASSERT_TRUE(port);
  std::string all;
  for (int octet = 0; octet < 256; ++octet) all.push_back(static_cast<char>(octet));
  std::string heard;
  run([&]() -> async::Task<> {
    pty.say(all);
    while (heard.size() < all.size()) heard += (co_await port->read_some()).value();
    (co_await port->write(all)).value();
  }());
  EXPECT_EQ(heard, all);
  EXPECT_EQ(pty.heard(), all);
}

TEST_F(PortTest, follows_a_symbolic_link) {
  const Pty pty;
  const auto link = folder() / "modem";
  std::filesystem::remove(link);
  EXPECT_FALSE(exists(link));
  std::filesystem::create_symlink(pty.path(), link);
  EXPECT_TRUE(exists(link));
  auto port = open(link);
  ASSERT_TRUE(port);
  std::string heard;
  run([&]() -> async::Task<> {
    pty.say("OK\r\n");
    heard = (co_await port->read_some()).value();
  }());
  EXPECT_EQ(heard, "OK\r\n");
}

TEST_F(PortTest, is_raw_and_deaf_to_modem_lines) {
  const Pty pty;
  const auto port = open(pty.path());
  ASSERT_TRUE(port);
  termios mode{};
  ASSERT_EQ(::tcgetattr(pty.master(), &mode), 0);
  EXPECT_EQ(mode.c_lflag & (ECHO | ICANON | ISIG), 0U);
  EXPECT_EQ(mode.c_iflag & (IXON | IXOFF | ICRNL), 0U);
  EXPECT_EQ(mode.c_cflag & HUPCL, 0U);
  EXPECT_NE(mode.c_cflag & CLOCAL, 0U);
}

TEST_F(PortTest, is_ours_alone_until_it_is_closed) {
  const Pty pty;
  auto first = open(pty.path());
  ASSERT_TRUE(first);
  const auto second = open(pty.path());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "port-busy");
  EXPECT_NE(second.error().sentence.find("another process"), std::string::npos);
  EXPECT_NE(second.error().sentence.find(pty.path()), std::string::npos);
  first->close();
  EXPECT_TRUE(open(pty.path()));
}

TEST_F(PortTest, says_when_nothing_is_there) {
  const auto port = open("/dev/burstd-no-such-port");
  ASSERT_FALSE(port);
  EXPECT_EQ(port.error().code, "port-missing");
  EXPECT_EQ(port.error().fault, base::Fault::missing);
  EXPECT_NE(port.error().sentence.find("Plug the modem in"), std::string::npos);
}

TEST_F(PortTest, says_when_no_port_can_ever_stand_there) {
  const auto port = open("/etc/hostname/modem");
  ASSERT_FALSE(port);
  EXPECT_EQ(port.error().code, "port-path-wrong");
  EXPECT_NE(port.error().sentence.find("Correct the path"), std::string::npos);
}

TEST_F(PortTest, says_when_it_is_no_terminal) {
  const auto file = folder() / "file";
  std::ofstream(file) << "text";
  EXPECT_EQ(open(file).error().code, "port-not-tty");
  EXPECT_EQ(open("/dev/null").error().code, "port-not-tty");
}

TEST_F(PortTest, is_gone_when_the_other_end_is_unplugged) {
  Pty pty;
  auto port = open(pty.path());
  ASSERT_TRUE(port);
  std::string code;
  run([&]() -> async::Task<> {
    pty.unplug();
    const auto answer = co_await port->read_some();
    if (!answer) code = answer.error().code;
  }());
  EXPECT_EQ(code, "port-gone");
}

TEST_F(PortTest, ends_a_waiting_read_when_it_is_closed) {
  const Pty pty;
  auto port = open(pty.path());
  ASSERT_TRUE(port);
  std::string code;
  async::Scope scope(x_loop.get_executor());
  auto reading = [&]() -> async::Task<> {
    const auto answer = co_await port->read_some();
    if (!answer) code = answer.error().code;
  };
  auto closing = [&]() -> async::Task<> {
    co_await async::sleep_for(base::Milliseconds(20));
    port->close();
    port->close();
  };
  scope.spawn(reading());
  scope.spawn(closing());
  x_loop.run();
  EXPECT_EQ(code, "port-gone");
}

}  // namespace
}  // namespace burstd::serial

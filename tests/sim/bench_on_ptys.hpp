// The whole simulator on real ptys, in this process, for the tests that are a daemon to it. The loop is turned between
// the client's steps; nothing is waited for longer than some seconds.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "sim/bench.hpp"
#include "sim/orders.hpp"

namespace burstd::sim {

class BenchOnPtys : public testing::Test {
 protected:
  BenchOnPtys() {
    std::string name = testing::TempDir() + "simXXXXXX";
    home = mkdtemp(name.data());
    options.dir = home / "modems";
    options.log = home / "journal";
    options.modems = 2;
    options.report = base::Milliseconds{20};
    std::filesystem::create_directories(options.dir);
  }

  ~BenchOnPtys() override {
    bench->stop();
    loop.restart();
    loop.run();
    bench.reset();
    std::filesystem::remove_all(home);
  }

  void start() {
    bench.emplace(loop.get_executor(), options);
    ASSERT_TRUE(bench->start().has_value());
    turn(1);
  }

  void turn(int millis) {
    loop.restart();
    loop.run_for(std::chrono::milliseconds{millis});
  }

  int open_port(const char* name = "modem1") const {
    const std::string link = options.dir + "/" + name;
    return ::open(link.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK);
  }

  static void write(int port, std::string_view octets) {
    ASSERT_EQ(::write(port, octets.data(), octets.size()), static_cast<ssize_t>(octets.size()));
  }

  // Everything said until `end` has come; for three seconds at most.
  std::string until(int port, std::string_view end) {
    std::string said;
    std::array<char, 512> buffer{};
    for (int turns = 0; turns < 600 && said.find(end) == std::string::npos; ++turns) {
      turn(5);
      const auto size = ::read(port, buffer.data(), buffer.size());
      if (size > 0) said.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return said;
  }

  std::string say(int port, std::string_view octets, std::string_view end = "OK\r\n") {
    write(port, octets);
    return until(port, end);
  }

  std::string journal() const {
    std::ifstream file(options.log);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  boost::json::object order(std::string_view line) { return obey(*bench, line).object; }

  boost::asio::io_context loop;
  Options options;
  std::optional<Bench> bench;
  std::filesystem::path home;
};

}  // namespace burstd::sim

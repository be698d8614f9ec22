// Runs burstctl against a fake gateway and keeps what it printed. Base of the tests of commands.
// Never opens a real terminal: what it can show is set by the test.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "ctl/line/command_line.hpp"
#include "fake_gateway.hpp"

namespace burstd::ctl {

class Bench : public testing::Test {
 protected:
  void SetUp() override {
    setenv("TZ", "UTC", 1);
    tzset();
  }

  // `words` as typed after "burstctl", the socket added.
  int run_ctl(std::vector<std::string> words, const std::string& typed = {}) {
    words.insert(words.end(), {"--socket", gateway.path()});
    return run_bare(words, typed);
  }

  int run_bare(const std::vector<std::string>& words, const std::string& typed = {}) {
    std::ostringstream printed, complained;
    std::istringstream in(typed);
    const Term term{printed,
                    complained,
                    in,
                    asks,
                    moving,
                    look,
                    [] { return base::from_millis(1'795'345'200'000); },
                    std::chrono::milliseconds{1},
                    false,
                    echo};
    const Exit exit = run(words, term);
    out = printed.str();
    err = complained.str();
    return static_cast<int>(exit);
  }

  // Requests other than GET, with their bodies.
  std::vector<std::string> changes() const {
    std::vector<std::string> found;
    for (const Asked& asked : gateway.asked()) {
      if (asked.method != "GET") found.push_back(asked.target + " " + asked.body);
    }
    return found;
  }

  FakeGateway gateway;
  std::string out, err;
  bool asks = false, moving = false;
  Look look;
  std::function<void(bool)> echo;  // set: what is typed comes from a terminal
};

}  // namespace burstd::ctl

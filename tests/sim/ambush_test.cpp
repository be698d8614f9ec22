// A process that is a daemon to the simulator is killed at a step of its modem.
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "bench_on_ptys.hpp"

namespace burstd::sim {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* pdu = "0031000B911497214365F70000A705E8329BFD06";

class Ambush : public BenchOnPtys {
 protected:
  Ambush() { options.air = base::Milliseconds{10}; }

  ~Ambush() override {
    if (victim <= 0) return;
    ::kill(victim, SIGKILL);
    ::waitpid(victim, nullptr, 0);
  }

  // A process that has the port open and writes what it is told to, at once; then it waits for its end.
  void haunt(std::string_view octets) {
    const std::string link = options.dir + "/modem1";
    const std::string text(octets);
    victim = ::fork();
    if (victim != 0) return;
    const int port = ::open(link.c_str(), O_RDWR | O_NOCTTY);
    const bool written = ::write(port, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    while (written) ::pause();
    ::_exit(1);
  }

  void lay(const std::string& rest) {
    ASSERT_EQ(order("kill " + std::to_string(victim) + " at " + rest).at("ok"), true);
  }

  bool is_killed() {
    for (int turns = 0; turns < 400; ++turns) {
      turn(5);
      int status = 0;
      if (::waitpid(victim, &status, WNOHANG) != victim) continue;
      victim = 0;
      return WIFSIGNALED(status);
    }
    return false;
  }

  pid_t victim = 0;
};

constexpr const char* up_to_prompt = "ATE0+CNMI=2,1,0,1,0\rAT+CMGS=19\r";

TEST_F(Ambush, ItIsKilledOnTheAirAndTheMessageArrivesAllTheSame) {
  start();
  haunt(std::string(up_to_prompt) + pdu + "\x1A");
  lay("submit on modem1");
  EXPECT_TRUE(is_killed());
  turn(100);
  EXPECT_THAT(journal(), HasSubstr("\"event\":\"killed\""));
  EXPECT_THAT(journal(), HasSubstr("\"event\":\"network\""));
  EXPECT_THAT(journal(), HasSubstr("\"event\":\"verdict_lost\""));
}

TEST_F(Ambush, WhatItWroteAndTheModemHasNotReadIsLost) {
  start();
  haunt(std::string(up_to_prompt) + pdu + "\x1A");
  lay("control-z lose");
  EXPECT_TRUE(is_killed());
  turn(100);
  EXPECT_THAT(journal(), Not(HasSubstr("\"event\":\"submit\"")));
  const int port = open_port();
  EXPECT_EQ(say(port, "\x1B"), "\r\nOK\r\n");  // the prompt was still there
  ::close(port);
  EXPECT_THAT(journal(), HasSubstr("\"event\":\"abandoned\""));
}

TEST_F(Ambush, ACommandThatIsLostWasNeverGiven) {
  start();
  haunt(up_to_prompt);
  lay("line with CMGS lose");
  EXPECT_TRUE(is_killed());
  turn(20);
  const int port = open_port();
  EXPECT_EQ(say(port, "AT\r"), "\r\nOK\r\n");
  ::close(port);
}

TEST_F(Ambush, ItWaitsForTheNumberOfTheStepAndForTheTimeAfterIt) {
  start();
  haunt("AT\rAT\rAT\r");
  lay("line number 3 after 30");
  EXPECT_TRUE(is_killed());
  EXPECT_THAT(journal(), HasSubstr("\"step\":\"line\""));
}

TEST_F(Ambush, WhoIsSparedLives) {
  start();
  haunt(up_to_prompt);
  lay("line number 2 on modem1");
  EXPECT_EQ(order("spare").at("ok"), true);
  turn(100);
  EXPECT_EQ(::waitpid(victim, nullptr, WNOHANG), 0);
}

TEST_F(Ambush, AnOrderThatIsNoneIsRefused) {
  start();
  for (const char* line : {"kill 1 at submit", "kill 5000 on modem1 x", "kill 5000 at submit number",
                           "kill x at submit", "kill 5000 at submit how 3"}) {
    EXPECT_EQ(order(line).at("ok"), false) << line;
  }
}

}  // namespace
}  // namespace burstd::sim

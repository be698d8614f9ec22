// The whole simulator on real ptys, in this process: the loop is turned between the client's steps.
#include "bench_on_ptys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include "sim/control.hpp"

namespace burstd::sim {
namespace {

using testing::HasSubstr;

constexpr const char* message = "0031000B911497214365F70000A705E8329BFD06";  // "Hello" to +41791234567, with TP-SRR
constexpr const char* submit_line = "AT+CMGS=19\r";

TEST_F(BenchOnPtys, AMessageGoesAllTheWayOverARealTerminal) {
  start();
  const int port = open_port();
  ASSERT_GE(port, 0);
  EXPECT_THAT(say(port, "AT\r"), HasSubstr("AT\r\r\nOK\r\n"));
  say(port, "ATE0+CNMI=2,1,0,1,0\r");
  EXPECT_EQ(say(port, submit_line, "> "), "\r\n> ");
  EXPECT_EQ(say(port, std::string(message) + "\x1A"), "\r\n+CMGS: 0\r\n\r\nOK\r\n");
  EXPECT_THAT(until(port, "00\r\n"), HasSubstr("+CDS: 25\r\n"));
  ::close(port);
  turn(20);
  for (const char* event : {"plug", "open", "submit", "network", "verdict", "report", "close"}) {
    EXPECT_THAT(journal(), HasSubstr("\"event\":\"" + std::string(event) + "\"")) << event;
  }
}

TEST_F(BenchOnPtys, AReportAfterTheLastCloseIsLost) {
  options.report = base::Milliseconds{60};
  start();
  const int port = open_port();
  say(port, "ATE0+CNMI=2,1,0,1,0\r");
  say(port, submit_line, "> ");
  say(port, std::string(message) + "\x1A");
  ::close(port);
  turn(120);
  EXPECT_THAT(journal(), HasSubstr("\"event\":\"report_lost\""));
}

TEST_F(BenchOnPtys, TheNextOpenerFindsNoExclusiveLockAndNoOldWords) {
  start();
  const int first = open_port();
  ASSERT_EQ(::ioctl(first, TIOCEXCL), 0);
  write(first, "ATE0\rAT+CGMI\r");
  turn(20);
  ::close(first);
  turn(20);
  const int second = open_port();
  ASSERT_GE(second, 0);
  int exclusive = 1;
  EXPECT_EQ(::ioctl(second, TIOCGEXCL, &exclusive), 0);
  EXPECT_EQ(exclusive, 0);
  EXPECT_EQ(say(second, "AT\r"), "\r\nOK\r\n");
  ::close(second);
}

TEST_F(BenchOnPtys, AnUnpluggedModemHangsUpAndComesBackUnderItsLink) {
  start();
  const int port = open_port();
  say(port, "ATE0\r");
  EXPECT_EQ(order("unplug modem1 after 14").at("ok"), true);
  say(port, submit_line, "> ");
  write(port, message);
  turn(20);
  std::array<char, 8> buffer{};
  EXPECT_LE(::read(port, buffer.data(), buffer.size()), 0);
  ::close(port);
  EXPECT_LT(open_port(), 0);
  EXPECT_EQ(order("plug modem1").at("ok"), true);
  EXPECT_EQ(order("plug modem1").at("ok"), false);
  const int again = open_port();
  ASSERT_GE(again, 0);
  EXPECT_THAT(say(again, "AT\r"), HasSubstr("OK"));
  ::close(again);
  EXPECT_THAT(journal(), testing::Not(HasSubstr("\"event\":\"submit\"")));
}

TEST_F(BenchOnPtys, ALineFullOfUnreadWordsIsWrittenWhenThereIsRoom) {
  start();
  const int port = open_port();
  say(port, "ATE0\r");
  EXPECT_EQ(order("flood modem1 3000").at("ok"), true);
  write(port, "AT\r");
  const auto said = until(port, "OK\r\n");
  EXPECT_THAT(said, testing::EndsWith("\r\nOK\r\n"));
  EXPECT_GT(said.size(), 30'000U);
  ::close(port);
}

TEST_F(BenchOnPtys, OrdersChangeTheNetworkAndTellTheStatus) {
  start();
  EXPECT_EQ(order("refuse *567 38 1").at("ok"), true);
  const int port = open_port();
  say(port, "ATE0\r");
  say(port, submit_line, "> ");
  EXPECT_THAT(say(port, std::string(message) + "\x1A", "38\r\n"), HasSubstr("+CMS ERROR: 38"));
  const auto status = order("status");
  EXPECT_EQ(status.at("modems").as_array().size(), 2U);
  EXPECT_EQ(status.at("modems").as_array()[0].at("open"), true);
  EXPECT_EQ(status.at("modems").as_array()[1].at("open"), false);
  EXPECT_EQ(status.at("sent"), 0);
  ::close(port);
}

TEST_F(BenchOnPtys, AWrongOrderIsRefusedInASentence) {
  start();
  for (const char* wrong :
       {"", "frob", "unplug", "unplug modem9", "fail * 300", "air soon", "deliver modem1 +41", "\xFF",
        "unplug modem1 after", "swap-sim modem1 89001", "pin-tries modem1 4", "clone-imei modem1 modem9",
        "ussd modem1 morse", "eat-reports modem1 perhaps", "wedge modem1 gently", "deaf modem1"}) {
    const auto said = order(wrong);
    EXPECT_EQ(said.at("ok"), false) << wrong;
    EXPECT_FALSE(said.at("error").as_string().empty());
  }
}

TEST_F(BenchOnPtys, EveryOrderOfTheListIsObeyed) {
  start();
  const int port = open_port();
  for (const char* right : {"hang modem1",
                            "unhang modem1",
                            "noise modem1",
                            "noise modem1 10",
                            "flood modem1 3",
                            "registration modem1 5",
                            "swallow-verdict modem1",
                            "network-time modem1 off",
                            "refuse-at-prompt modem1 302",
                            "deliver modem1 +41791112233 Yes, I come\\nSoon",
                            "refuse * 38",
                            "refuse-but-send *1 500 2",
                            "fail * 48,0",
                            "no-report *2",
                            "clear",
                            "air 10",
                            "report 10",
                            "hold-reports",
                            "release-reports",
                            "swap-sim modem1",
                            "swap-sim modem1 8900101000001234567",
                            "sim-pin modem1 1234",
                            "sim-pin modem1 none",
                            "pin-tries modem1 2",
                            "clone-imei modem1 modem2",
                            "no-centre modem1",
                            "ussd modem1 ucs2 Your balance is 3",
                            "eat-reports modem1 on",
                            "deaf modem1 5",
                            "forget modem1",
                            "wedge modem1 soft",
                            "wedge modem1",
                            "restart modem1",
                            "status",
                            "help",
                            "unplug modem1 lose",
                            "plug modem1"}) {
    EXPECT_EQ(order(right).at("ok"), true) << right;
  }
  EXPECT_TRUE(obey(*bench, "quit").quit);
  ::close(port);
}

TEST_F(BenchOnPtys, EachModemHasTheProfileThatNamesIt) {
  options.profile = {BURSTD_TESTS "/profiles/generic.json", "modem2=" BURSTD_TESTS "/profiles/huawei.json"};
  start();
  const auto status = order("status");
  EXPECT_EQ(status.at("modems").as_array()[0].at("profile"), "generic");
  EXPECT_EQ(status.at("modems").as_array()[1].at("profile"), "huawei");
  const int port = open_port("modem2");
  EXPECT_THAT(say(port, "AT+CGMM\r"), HasSubstr("E173"));
  ::close(port);
}

TEST_F(BenchOnPtys, AProfileThatCannotBeReadIsAMistakeFromTheStart) {
  start();
  options.profile = {"/nowhere/profile.json"};
  EXPECT_THROW(Bench(loop.get_executor(), options), std::runtime_error);
}

TEST_F(BenchOnPtys, TheSimOfAnUnpluggedModemIsAnotherOneWhenItComesBack) {
  start();
  const auto before = order("status").at("modems").as_array()[0].at("iccid").as_string();
  order("unplug modem1");
  const auto said = order("swap-sim modem1");
  EXPECT_NE(said.at("iccid").as_string(), before);
  EXPECT_EQ(order("swap-sim modem2 " + std::string(said.at("iccid").as_string())).at("ok"), false);
  order("plug modem1");
  const int port = open_port();
  EXPECT_THAT(say(port, "AT+CIMI\r"), HasSubstr(std::string(said.at("imsi").as_string())));
  ::close(port);
  EXPECT_THAT(journal(), HasSubstr("\"event\":\"swap_sim\""));
}

TEST_F(BenchOnPtys, ATranscriptIsPlayedOnTheFirstModem) {
  options.transcript = options.dir + "/story.at";
  std::ofstream(options.transcript) << "> AT+CSQ\\r\n< \\r\\n+CSQ: 3,99\\r\\n\\r\\nOK\\r\\n\n";
  start();
  const int port = open_port();
  EXPECT_THAT(say(port, "AT\r"), HasSubstr("OK"));
  EXPECT_EQ(say(port, "AT+CSQ\r"), "\r\n+CSQ: 3,99\r\n\r\nOK\r\n");
  ::close(port);
  EXPECT_THAT(journal(), HasSubstr("transcript_done"));
}

TEST_F(BenchOnPtys, TheControlSocketAnswersLineByLine) {
  start();
  Control control(*bench, loop.get_executor());
  const std::string path = options.dir + "/control";
  ASSERT_TRUE(control.start(path).has_value());
  bench->when_stopping([&] { control.stop(); });
  boost::asio::local::stream_protocol::socket client(loop);
  client.connect(boost::asio::local::stream_protocol::endpoint(path));
  boost::asio::write(client, boost::asio::buffer(std::string("air 5\nfrob\n")));
  turn(50);
  std::array<char, 512> buffer{};
  const std::string said(buffer.data(), client.read_some(boost::asio::buffer(buffer)));
  EXPECT_THAT(said, testing::StartsWith("{\"ok\":true}\n{\"ok\":false,"));
  Control second(*bench, loop.get_executor());
  EXPECT_FALSE(second.start(path).has_value());
  bench->stop();
  turn(20);
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(BenchOnPtys, StoppingTakesTheLinksAway) {
  start();
  EXPECT_TRUE(std::filesystem::is_symlink(options.dir + "/modem2"));
  bench->stop();
  turn(20);
  EXPECT_TRUE(std::filesystem::is_empty(options.dir));
}

}  // namespace
}  // namespace burstd::sim

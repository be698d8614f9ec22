// Terminal by itself over a pseudo-terminal: how a message is handed over, octet by octet, and how one reader follows
// another.
#include "modem/terminal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <optional>

#include "async/scope.hpp"
#include "raw_end.hpp"

namespace burstd::modem {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

const std::string handed_pdu = "07911326040000F011000B911326880736F40000AA0AE8329BFD4697D9EC37";
const std::string heard_report = "07911326040000F0061B0B911326880736F4623010800000006230109000000000";

class TerminalOf : public testing::Test {
 protected:
  TerminalOf() {
    serial::Settings settings;
    settings.path = far.path();
    terminal.emplace(std::move(*serial::Port::open(loop.get_executor(), settings)));
    driver.prompt_timeout = driver.submit_timeout = 1s;
  }

  // Runs `story` beside a reader of the terminal.
  void play(const std::function<async::Task<>()>& story) {
    async::Scope scope(loop.get_executor());
    const auto told = [&]() -> async::Task<> {
      co_await story();
      terminal->end("The test is over.");
    };
    scope.spawn(terminal->read());
    scope.spawn(told());
    loop.run();
  }

  // Everything that came until it ends so; fails after ten seconds.
  async::Task<std::vector<std::string>> heard_until(std::string end) {
    std::vector<std::string> pieces;
    std::string all;
    const base::Steady latest = async::now().steady + 10s;
    while (!all.ends_with(end) && async::now().steady < latest) {
      const std::string piece = far.heard();
      if (!piece.empty()) pieces.push_back(piece);
      all += piece;
      co_await async::sleep_for(2ms);
    }
    EXPECT_TRUE(all.ends_with(end)) << all;
    co_return pieces;
  }

  async::Task<> submit() {
    const Submission submission{handed_pdu, 23, permit, handed};
    verdict = co_await terminal->submit(submission, driver);
  }

  boost::asio::io_context loop;
  RawEnd far;
  std::optional<Terminal> terminal;
  Driver driver;
  async::Gate permit, handed;
  std::optional<Verdict> verdict;
};

TEST_F(TerminalOf, hands_a_message_over_in_pieces_where_the_modem_wants_them) {
  driver.slice = 20;
  driver.slice_pause = 30ms;
  permit.open();
  std::vector<std::string> pieces;
  play([&]() -> async::Task<> {
    async::Scope scope(loop.get_executor());
    scope.spawn(submit());
    co_await heard_until("AT+CMGS=23\r");
    far.say("\r\n> ");
    pieces = co_await heard_until("\x1A");
    far.say("\r\n+CMGS: 7\r\n\r\nOK\r\n");
    co_await scope.join();
  });
  std::string whole;
  for (const std::string& piece : pieces) {
    whole += piece;
    EXPECT_LE(piece.size(), 40U) << "two pieces at most were seen together";
  }
  EXPECT_EQ(whole, handed_pdu + "\x1A");
  ASSERT_TRUE(verdict);
  EXPECT_EQ(std::get<Accepted>(*verdict).reference, 7);
}

TEST_F(TerminalOf, hands_a_message_over_at_once_where_there_is_no_prompt) {
  driver.prompts = false;
  permit.open();
  play([&]() -> async::Task<> {
    async::Scope scope(loop.get_executor());
    scope.spawn(submit());
    co_await heard_until("AT+CMGS=23\r" + handed_pdu + "\x1A");
    EXPECT_EQ(handed.position(), async::Gate::Position::open);
    far.say("\r\n+CMGS: 8\r\n\r\nOK\r\n");
    co_await scope.join();
  });
  ASSERT_TRUE(verdict);
  EXPECT_EQ(std::get<Accepted>(*verdict).reference, 8);
}

TEST_F(TerminalOf, writes_nothing_to_a_modem_without_a_prompt_before_the_permit) {
  driver.prompts = false;
  play([&]() -> async::Task<> {
    async::Scope scope(loop.get_executor());
    scope.spawn(submit());
    co_await async::sleep_for(50ms);
    EXPECT_EQ(far.heard(), "");
    permit.shut();
    co_await scope.join();
    EXPECT_EQ(far.heard(), "");
  });
  ASSERT_TRUE(verdict);
  EXPECT_TRUE(std::holds_alternative<NotSent>(*verdict));
  EXPECT_NE(handed.position(), async::Gate::Position::open);
}

TEST_F(TerminalOf, leaves_the_port_to_other_commands_while_a_permit_is_waited_for_without_a_prompt) {
  driver.prompts = false;
  play([&]() -> async::Task<> {
    async::Scope scope(loop.get_executor());
    scope.spawn(submit());
    std::optional<at::Reply> reply;
    const auto asking = [&]() -> async::Task<> { reply = co_await terminal->execute(at::probe(), 1s); };
    scope.spawn(asking());
    co_await heard_until("AT\r");
    far.say("\r\nOK\r\n");
    co_await async::sleep_for(20ms);
    EXPECT_TRUE(reply && reply->end == at::Reply::End::ok);
    permit.shut();
    co_await scope.join();
  });
}

TEST_F(TerminalOf, does_not_know_what_became_of_a_message_without_a_prompt_that_is_not_answered) {
  driver.prompts = false;
  permit.open();
  play([&]() -> async::Task<> { co_await submit(); });
  ASSERT_TRUE(verdict);
  EXPECT_TRUE(std::holds_alternative<Unknown>(*verdict));
  EXPECT_TRUE(terminal->over());
  EXPECT_EQ(far.heard().find('\x1B'), std::string::npos);
}

TEST_F(TerminalOf, loses_nothing_when_one_reader_follows_another) {
  std::vector<std::string> reports;
  play([&]() -> async::Task<> {
    far.say("\r\n+CDS: 25\r\n" + heard_report.substr(0, 30));
    co_await async::sleep_for(20ms);
    terminal->rest();
    co_await async::sleep_for(20ms);
    far.say(heard_report.substr(30) + "\r\n\r\n+CDS: 25\r\n" + heard_report + "\r\n");
    co_await async::sleep_for(20ms);
    EXPECT_FALSE(terminal->next_event());
    EXPECT_FALSE(terminal->over());
    async::Scope scope(loop.get_executor());
    scope.spawn(terminal->read());
    co_await async::sleep_for(20ms);
    while (auto heard = terminal->next_event()) reports.push_back(std::get<at::StatusReport>(heard->event).pdu);
    terminal->rest();
    co_await scope.join();
    scope.spawn(terminal->read());
    far.say("\r\n+CDS: 25\r\n" + heard_report + "\r\n");
    const base::Steady latest = async::now().steady + 5s;
    while (reports.size() < 3 && async::now().steady < latest) {
      if (auto heard = terminal->next_event()) reports.push_back(std::get<at::StatusReport>(heard->event).pdu);
      co_await async::sleep_for(2ms);
    }
    terminal->end("The test is over.");
    co_await scope.join();
  });
  EXPECT_THAT(reports, ElementsAre(heard_report, heard_report, heard_report));
}

TEST_F(TerminalOf, tells_whoever_asks_that_it_has_ended) {
  play([&]() -> async::Task<> {
    terminal->end("First.");
    terminal->end("Second.");
    const at::Reply reply = co_await terminal->execute(at::plain("AT"), 1s);
    EXPECT_EQ(reply.end, at::Reply::End::timed_out);
    EXPECT_FALSE(reply.handed);
    permit.open();
    co_await submit();
  });
  EXPECT_EQ(terminal->why(), "First.");
  EXPECT_TRUE(std::holds_alternative<NotSent>(*verdict));
}

}  // namespace
}  // namespace burstd::modem

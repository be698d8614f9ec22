// AT+CMMS before a run of messages: when it is said, and that nothing that comes of it harms a message.
#include "bench.hpp"

namespace burstd::modem {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

const std::string keep_link = "AT+CMMS=2";

class RunOfMessages : public Bench {
 protected:
  // How many of so many messages in a row were accepted; each but the last says that another one follows.
  async::Task<int> run_of(int messages) {
    int accepted = 0;
    for (int left = messages - 1; left >= 0; --left) {
      const Verdict verdict = co_await submit(left > 0);
      accepted += std::holds_alternative<Accepted>(verdict) ? 1 : 0;
    }
    co_return accepted;
  }

  // A run in which the modem does this to AT+CMMS; nothing may come of it.
  void bear(const std::function<void()>& answer) {
    fake.instead[keep_link] = answer;
    fake.plug();
    play([&]() -> async::Task<> {
      co_await ready();
      EXPECT_EQ(co_await run_of(3), 3);
      EXPECT_EQ(co_await run_of(2), 2);
    });
    EXPECT_EQ(host.served, 1);
    EXPECT_EQ(fake.count(keep_link), 1);
    EXPECT_EQ(fake.count("pdu:" + some_pdu), 5);
  }
};

TEST_F(RunOfMessages, is_announced_once_and_nothing_stands_between_its_messages) {
  fake.answers[keep_link] = "";
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.lines.clear();
    EXPECT_EQ(co_await run_of(2), 2);
    EXPECT_EQ(co_await run_of(2), 2);
  });
  const std::string pdu = "pdu:" + some_pdu;
  EXPECT_THAT(fake.lines,
              ElementsAre(keep_link, "AT+CMGS=23", pdu, "AT+CMGS=23", pdu, "AT+CMGS=23", pdu, "AT+CMGS=23", pdu));
}

TEST_F(RunOfMessages, of_one_message_is_not_announced) {
  fake.answers[keep_link] = "";
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.lines.clear();
    EXPECT_EQ(co_await run_of(1), 1);
    EXPECT_EQ(co_await run_of(1), 1);
  });
  EXPECT_THAT(fake.lines, ElementsAre("AT+CMGS=23", "pdu:" + some_pdu, "AT+CMGS=23", "pdu:" + some_pdu));
}

TEST_F(RunOfMessages, is_not_announced_where_the_driver_says_no) {
  driver.more_messages = Trust::no;
  fake.answers[keep_link] = "";
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    EXPECT_EQ(co_await run_of(3), 3);
  });
  EXPECT_EQ(fake.count(keep_link), 0);
}

TEST_F(RunOfMessages, that_is_refused_is_sent_and_none_is_announced_again) {
  bear([&] { fake.say("\r\n+CMS ERROR: 500\r\n"); });
  EXPECT_EQ(modem().status().recoveries.probes, 0U);
}

TEST_F(RunOfMessages, that_is_not_understood_is_sent_and_none_is_announced_again) {
  bear([&] { fake.say("\r\nCOMMAND NOT SUPPORT\r\n"); });
}

TEST_F(RunOfMessages, that_is_answered_by_more_than_ok_is_sent) {
  bear([&] { fake.say("\r\n+CMMS: 2\r\n\r\n^RSSI: 12\r\n\r\nOK\r\n"); });
}

TEST_F(RunOfMessages, that_is_answered_by_garbage_is_sent_and_none_is_announced_again) {
  bear([&] { fake.say("\r\n\x80\xFE$%&\r\n> \r\n"); });
  EXPECT_EQ(fake.count("AT"), 2) << "the first at the approach";
}

TEST_F(RunOfMessages, that_is_not_answered_is_sent_and_none_is_announced_again) {
  bear([] {});
  EXPECT_EQ(fake.count("AT"), 2) << "the first at the approach";
}

TEST_F(RunOfMessages, that_is_refused_late_has_no_message_refused) {
  fake.instead["AT"] = [&] {
    fake.say("\r\nOK\r\n");
    if (fake.count(keep_link) > 0) fake.say("\r\n+CMS ERROR: 500\r\n");
  };
  bear([] {});
  EXPECT_TRUE(host.late.empty());
}

TEST_F(RunOfMessages, that_brings_the_modem_down_has_sent_nothing_and_is_not_announced_in_the_next_session) {
  fake.instead[keep_link] = [&] { fake.instead["AT"] = [] {}; };
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    EXPECT_TRUE(std::holds_alternative<NotSent>(co_await submit(true)));
    EXPECT_EQ(fake.count("AT+CMGS=23"), 0);
    fake.instead.erase("AT");
    co_await until([&] { return host.served == 2; });
    EXPECT_EQ(co_await run_of(3), 3);
  });
  EXPECT_EQ(fake.count(keep_link), 1);
  EXPECT_TRUE(host.said("does not answer to AT+CMMS=2 any more"));
  EXPECT_EQ(modem().status().accepted, 3U);
}

TEST_F(RunOfMessages, that_is_cut_off_by_unplugging_has_sent_nothing_and_is_announced_in_the_next_session) {
  fake.instead[keep_link] = [&] { fake.unplug(); };
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    EXPECT_TRUE(std::holds_alternative<NotSent>(co_await submit(true)));
    fake.instead.clear();
    fake.answers[keep_link] = "";
    fake.plug();
    co_await until([&] { return host.served == 2; });
    EXPECT_EQ(co_await run_of(2), 2);
  });
  EXPECT_EQ(fake.count(keep_link), 2);
}

TEST_F(RunOfMessages, is_announced_anew_in_the_next_session_after_a_refusal) {
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    EXPECT_EQ(co_await run_of(2), 2);
    EXPECT_EQ(co_await run_of(2), 2);
    EXPECT_EQ(fake.count(keep_link), 1);
    fake.unplug();
    co_await until([&] { return host.link == nullptr; });
    fake.plug();
    co_await until([&] { return host.served == 2; });
    EXPECT_EQ(co_await run_of(2), 2);
  });
  EXPECT_EQ(fake.count(keep_link), 2);
}

TEST_F(RunOfMessages, may_begin_with_a_message_that_is_withdrawn) {
  fake.answers[keep_link] = "";
  fake.plug();
  play([&]() -> async::Task<> {
    co_await ready();
    fake.lines.clear();
    async::Gate permit;
    async::Gate handed;
    permit.shut();
    const Submission submission{some_pdu, 23, permit, handed, true};
    EXPECT_TRUE(std::holds_alternative<NotSent>(co_await host.link->submit(submission)));
    EXPECT_THAT(fake.lines, ElementsAre(keep_link, "AT+CMGS=23", "ESC"));
    EXPECT_EQ(co_await run_of(2), 2);
  });
  EXPECT_EQ(fake.count(keep_link), 1);
}

}  // namespace
}  // namespace burstd::modem

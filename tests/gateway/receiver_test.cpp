#include "gateway/receiver.hpp"

#include "house.hpp"
#include "pdu/deliver.hpp"
#include "store/inbox.hpp"

namespace burstd::gateway::test {
namespace {

using namespace std::chrono_literals;

class ReceiverTest : public House {
 protected:
  static std::vector<std::string> pdus(const std::string& text, int reference = 9, int second = 0) {
    std::vector<std::string> all;
    const auto cut = pdu::segment(text);
    for (const auto& segment : cut->segments) {
      pdu::Deliver deliver;
      deliver.originator = pdu::number_address("+41790000001").value();
      deliver.coding_scheme = pdu::coding_scheme(cut->encoding).value();
      deliver.timestamp = pdu::timestamp_at(base::from_millis(1'770'000'000'000) + std::chrono::seconds{second});
      deliver.user_data = {cut->encoding, {}, segment.payload};
      const auto part = static_cast<std::uint8_t>(all.size() + 1);
      const auto total = static_cast<std::uint8_t>(cut->segments.size());
      if (total > 1) {
        pdu::append(deliver.user_data.header,
                    pdu::Concatenation{static_cast<std::uint16_t>(reference), total, part, false});
      }
      all.push_back(pdu::encode(deliver)->hex);
    }
    return all;
  }

  bool receive(const std::string& pdu, base::Milliseconds later = {}) {
    const Arrival arrival{"modem1", "sim-a", pdu, async::now().wall + later};
    return write([&](store::Transaction& transaction) -> base::Result<bool> {
      return gateway::receive(transaction, ledger, arrival).changed;
    });
  }

  std::vector<store::Reply> replies() {  // newest first
    return read([](const store::Connection& connection) { return store::list_replies(connection, {}); });
  }

  void acknowledge(store::Reply reply) {
    write([&](store::Transaction& transaction) -> base::Result<bool> {
      store::acknowledge(transaction, reply, {async::now().wall, "anna", "anna of reception"});
      return true;
    });
  }

  void pass(base::Milliseconds span) {
    Timekeeper timekeeper(ledger, *writer, *dispatcher, [] { return std::set<std::string>{}; });
    run(timekeeper.round(async::now().wall + span));
  }

  static std::string long_text(const std::string& piece) {
    std::string text;
    for (int n = 0; n < 45; ++n) text += piece + std::to_string(n) + " ";
    return text;
  }
};

TEST_F(ReceiverTest, AShortReplyIsThereAtOnceAndOnceOnly) {
  const auto pdu = pdus("Yes, thank you.").front();
  EXPECT_TRUE(receive(pdu));
  EXPECT_FALSE(receive(pdu)) << "the network repeats what was not acknowledged";
  const auto all = replies();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].text, "Yes, thank you.");
  EXPECT_EQ(all[0].sender, "+41790000001");
  EXPECT_EQ(all[0].modem, "modem1");
  EXPECT_TRUE(all[0].complete);
  EXPECT_TRUE(all[0].service_centre_at);
  EXPECT_GT(all[0].change_seq, 0);
}

TEST_F(ReceiverTest, ALongReplyInAnyOrderWithRepetitionsIsOneReply) {
  const auto text = long_text("Ich komme gern, ");
  auto parts = pdus(text);
  ASSERT_GE(parts.size(), 4U);
  std::ranges::reverse(parts);
  for (std::size_t n = 0; n + 1 < parts.size(); ++n) {
    EXPECT_FALSE(receive(parts[n]));
    EXPECT_FALSE(receive(parts[n]));
  }
  EXPECT_TRUE(receive(parts.back()));
  ASSERT_EQ(replies().size(), 1U);
  EXPECT_EQ(replies()[0].text, text);
}

TEST_F(ReceiverTest, APartThatNeverComesIsWaitedForAndThenSaidToBeMissing) {
  const auto parts = pdus(long_text("a "));
  for (std::size_t n = 1; n < parts.size(); ++n) receive(parts[n]);
  pass(29min);
  EXPECT_TRUE(replies().empty());
  pass(31min);
  ASSERT_EQ(replies().size(), 1U);
  EXPECT_FALSE(replies()[0].complete);
  EXPECT_TRUE(replies()[0].text.starts_with("[…]"));
  const auto before = replies()[0].change_seq;
  pass(32min);
  EXPECT_EQ(replies()[0].change_seq, before) << "it is given up once";

  acknowledge(replies()[0]);
  EXPECT_TRUE(receive(parts[0])) << "late, but it completes the reply";
  ASSERT_EQ(replies().size(), 1U);
  EXPECT_FALSE(replies()[0].acknowledged_at) << "nobody has seen the whole";
  EXPECT_TRUE(replies()[0].complete);
  EXPECT_EQ(replies()[0].text, long_text("a "));
  EXPECT_GT(replies()[0].change_seq, before);
}

TEST_F(ReceiverTest, APhoneThatUsesItsReferenceAgainBeginsAnotherReply) {
  const auto first = pdus(long_text("first ")), second = pdus(long_text("other "), 9, 60);
  ASSERT_EQ(first.size(), second.size());
  for (const auto& pdu : first) receive(pdu);
  for (const auto& pdu : second) receive(pdu);
  ASSERT_EQ(replies().size(), 2U);
  EXPECT_EQ(replies()[1].text, long_text("first "));
  EXPECT_EQ(replies()[0].text, long_text("other "));
}

TEST_F(ReceiverTest, WhatCannotBeReadIsKeptAsItCame) {
  EXPECT_FALSE(receive("0004FF"));
  EXPECT_TRUE(replies().empty());
  EXPECT_TRUE(
      read([](const store::Connection& connection) { return store::knows_inbound(connection, "sim-a", "0004FF"); }));
  pass(2h);
  EXPECT_TRUE(replies().empty());
}

TEST_F(ReceiverTest, RepliesAreInTheChainAndCannotBeRewritten) {
  receive(pdus("No.").front());
  const auto verification = read([](const store::Connection& connection) {
    return store::verify_record(connection, [] { return true; }).value();
  });
  EXPECT_FALSE(verification.first_bad) << verification.sentence;
  for (const char* sql :
       {"DELETE FROM reply", "DELETE FROM inbound", "UPDATE reply SET sender = ''", "UPDATE inbound SET pdu = ''"}) {
    EXPECT_THROW(write([&](store::Transaction& transaction) -> base::Result<bool> {
                   transaction.run(sql);
                   return true;
                 }),
                 store::Failure)
        << sql;
  }
}

TEST_F(ReceiverTest, AnAcknowledgementIsAChangeWithAName) {
  receive(pdus("Yes.").front());
  acknowledge(replies().at(0));
  const auto reply = replies().at(0);
  EXPECT_EQ(reply.acknowledged_by, "anna");
  EXPECT_TRUE(reply.acknowledged_at);
  const auto open = read([](const store::Connection& connection) {
    store::InboxFilter filter;
    filter.unacknowledged = true;
    return store::list_replies(connection, filter);
  });
  EXPECT_TRUE(open.empty());
}

}  // namespace
}  // namespace burstd::gateway::test

#include "pdu/delivery_status.hpp"

#include <gtest/gtest.h>

namespace burstd::pdu {
namespace {

Outcome outcome(int status) { return delivery_status(static_cast<std::uint8_t>(status)).outcome; }

TEST(DeliveryStatus, EveryValueHasExactlyOneRow) {
  int next = 0;
  for (const DeliveryStatus& row : delivery_statuses()) {
    EXPECT_EQ(row.first, next);
    EXPECT_LE(row.first, row.last);
    EXPECT_FALSE(row.name.empty());
    EXPECT_TRUE(row.first == 0x46 || row.sentence.ends_with('.')) << row.sentence;
    next = row.last + 1;
  }
  EXPECT_EQ(next, 256);
  for (int status = 0; status < 256; ++status) {
    const DeliveryStatus& row = delivery_status(static_cast<std::uint8_t>(status));
    EXPECT_TRUE(row.first <= status && status <= row.last) << status;
  }
}

TEST(DeliveryStatus, OutcomesFollowTheGroups) {
  EXPECT_EQ(outcome(0), Outcome::delivered);
  for (int status = 0x01; status <= 0x1F; ++status) EXPECT_EQ(outcome(status), Outcome::unconfirmed) << status;
  for (int status = 0x20; status <= 0x3F; ++status) EXPECT_EQ(outcome(status), Outcome::still_trying) << status;
  for (int status = 0x40; status <= 0x5F; ++status) {
    const bool elsewhere = status == 0x40 || status == 0x45;
    EXPECT_EQ(outcome(status), elsewhere ? Outcome::elsewhere : Outcome::failed) << status;
  }
  for (const int status : {0x60, 0x61, 0x62, 0x64, 0x65}) EXPECT_EQ(outcome(status), Outcome::may_repeat) << status;
  EXPECT_EQ(outcome(0x63), Outcome::failed);
  for (int status = 0x66; status <= 0xFF; ++status) EXPECT_EQ(outcome(status), Outcome::failed) << status;
}

TEST(DeliveryStatus, OnlyStillTryingIsNotFinal) {
  for (int status = 0; status < 256; ++status) {
    EXPECT_EQ(is_final(outcome(status)), status < 0x20 || status > 0x3F) << status;
  }
}

TEST(DeliveryStatus, SentencesNameTheNetworksCodeWhereNoNameSaysMore) {
  EXPECT_EQ(delivery_sentence(0x00), "Delivered to the phone.");
  EXPECT_EQ(delivery_sentence(0x46), "Phone stayed off");
  EXPECT_EQ(delivery_sentence(0x15), "Passed on (network code 21).");
  EXPECT_EQ(delivery_sentence(0xFF), "The network refused the message (network code 255).");
  for (int status = 0; status < 256; ++status) {
    EXPECT_EQ(delivery_sentence(static_cast<std::uint8_t>(status)).find("{}"), std::string::npos) << status;
  }
}

TEST(DeliveryStatus, WhatMayBeRepeatedAndNothingElseHasWordsForTheTimeUntilThen) {
  for (const DeliveryStatus& row : delivery_statuses()) {
    const bool elsewhere = row.outcome == Outcome::elsewhere;
    EXPECT_EQ(row.meanwhile.ends_with("; we will send again."), row.outcome == Outcome::may_repeat) << row.name;
    EXPECT_EQ(row.meanwhile.ends_with("; we will send again over another."), elsewhere) << row.name;
    EXPECT_EQ(row.meanwhile.empty(), row.outcome != Outcome::may_repeat && !elsewhere) << row.name;
    EXPECT_EQ(row.sentence.find("again"), std::string_view::npos) << row.name;
  }
}

// 23.040, 9.2.3.15, row by row, with the words that a receptionist reads.
TEST(DeliveryStatus, EveryRowSaysWhatTheStandardMeans) {
  struct Words {
    int first, last;
    Outcome outcome;
    const char* sentence;
  };
  const std::vector<Words> rows{
      {0x00, 0x00, Outcome::delivered, "Delivered to the phone."},
      {0x01, 0x01, Outcome::unconfirmed, "Passed on; the other network does not confirm."},
      {0x02, 0x02, Outcome::unconfirmed, "Replaced by a newer message."},
      {0x03, 0x0F, Outcome::unconfirmed, "Passed on; the network does not confirm (network code {})."},
      {0x10, 0x1F, Outcome::unconfirmed, "Passed on (network code {})."},
      {0x20, 0x20, Outcome::still_trying, "Not yet delivered: network busy."},
      {0x21, 0x21, Outcome::still_trying, "Not yet delivered: phone busy."},
      {0x22, 0x22, Outcome::still_trying, "Not yet delivered: phone off or no signal."},
      {0x23, 0x23, Outcome::still_trying, "Not yet delivered."},
      {0x24, 0x24, Outcome::still_trying, "Not yet delivered."},
      {0x25, 0x25, Outcome::still_trying, "Not yet delivered: phone reported an error (memory full?)."},
      {0x26, 0x2F, Outcome::still_trying, "Not yet delivered (network code {})."},
      {0x30, 0x3F, Outcome::still_trying, "Not yet delivered (network code {})."},
      {0x40, 0x40, Outcome::elsewhere, "Could not be delivered."},
      {0x41, 0x41, Outcome::failed, "This number cannot receive SMS (landline?)."},
      {0x42, 0x42, Outcome::failed, "The phone rejects messages."},
      {0x43, 0x43, Outcome::failed, "Number not reachable."},
      {0x44, 0x44, Outcome::failed, "Could not be delivered."},
      {0x45, 0x45, Outcome::elsewhere, "The two networks do not exchange SMS."},
      {0x46, 0x46, Outcome::failed, "Phone stayed off"},
      {0x47, 0x47, Outcome::failed, "Cancelled at the message centre."},
      {0x48, 0x48, Outcome::failed, "Removed by the network."},
      {0x49, 0x49, Outcome::failed, "The network lost the message."},
      {0x4A, 0x4F, Outcome::failed, "Could not be delivered (network code {})."},
      {0x50, 0x5F, Outcome::failed, "Could not be delivered (network code {})."},
      {0x60, 0x60, Outcome::may_repeat, "The network was busy and has stopped trying."},
      {0x61, 0x61, Outcome::may_repeat, "The phone was busy and the network has stopped trying."},
      {0x62, 0x62, Outcome::may_repeat, "The phone was off or had no signal and the network has stopped trying."},
      {0x63, 0x63, Outcome::failed, "The network refused the message."},
      {0x64, 0x64, Outcome::may_repeat, "Could not be delivered now and the network has stopped trying."},
      {0x65, 0x65, Outcome::may_repeat, "The phone could not store the message."},
      {0x66, 0x6F, Outcome::failed, "Could not be delivered (network code {})."},
      {0x70, 0x7F, Outcome::failed, "Could not be delivered (network code {})."},
      {0x80, 0xFF, Outcome::failed, "The network refused the message (network code {})."},
  };
  ASSERT_EQ(rows.size(), delivery_statuses().size());
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const DeliveryStatus& row = delivery_statuses()[at];
    EXPECT_EQ(row.first, rows[at].first);
    EXPECT_EQ(row.last, rows[at].last);
    EXPECT_EQ(row.outcome, rows[at].outcome) << rows[at].first;
    EXPECT_EQ(row.sentence, rows[at].sentence) << rows[at].first;
  }
}

TEST(DeliveryStatus, OutcomesHaveNames) {
  EXPECT_EQ(name(Outcome::delivered), "delivered");
  EXPECT_EQ(name(Outcome::unconfirmed), "unconfirmed");
  EXPECT_EQ(name(Outcome::still_trying), "still-trying");
  EXPECT_EQ(name(Outcome::failed), "failed");
  EXPECT_EQ(name(Outcome::may_repeat), "may-repeat");
  EXPECT_EQ(name(Outcome::elsewhere), "elsewhere");
}

}  // namespace
}  // namespace burstd::pdu

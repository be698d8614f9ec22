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
    EXPECT_TRUE(row.sentence.ends_with('.')) << row.sentence;
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
  for (int status = 0x40; status <= 0x5F; ++status) EXPECT_EQ(outcome(status), Outcome::failed) << status;
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
  EXPECT_EQ(delivery_sentence(0x46), "The phone stayed off; the message expired.");
  EXPECT_EQ(delivery_sentence(0x15), "Passed on (network code 21).");
  EXPECT_EQ(delivery_sentence(0xFF), "The network refused the message (network code 255).");
  for (int status = 0; status < 256; ++status) {
    EXPECT_EQ(delivery_sentence(static_cast<std::uint8_t>(status)).find("{}"), std::string::npos) << status;
  }
}

TEST(DeliveryStatus, OutcomesHaveNames) {
  EXPECT_EQ(name(Outcome::delivered), "delivered");
  EXPECT_EQ(name(Outcome::unconfirmed), "unconfirmed");
  EXPECT_EQ(name(Outcome::still_trying), "still-trying");
  EXPECT_EQ(name(Outcome::failed), "failed");
  EXPECT_EQ(name(Outcome::may_repeat), "may-repeat");
}

}  // namespace
}  // namespace burstd::pdu

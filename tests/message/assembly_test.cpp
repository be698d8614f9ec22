#include "message/assembly.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "pdu/segment.hpp"

namespace burstd::message {
namespace {

std::vector<Fragment> fragments_of(const std::string& text) {
  std::vector<Fragment> all;
  const auto cut = pdu::segment(text);
  for (const auto& segment : cut->segments) {
    all.push_back({static_cast<int>(all.size()) + 1, {cut->encoding, {}, segment.payload}});
  }
  return all;
}

std::string long_text(std::string_view piece) {
  std::string text;
  for (int n = 0; n < 60; ++n) text += std::to_string(n) + std::string(piece);
  return text;
}

TEST(Assembly, PartsInAnyOrderAndTwiceGiveTheText) {
  std::mt19937 random(3);
  for (const char* piece : {" yes, I come ", " ja, ich käme [gern] € ", " да 🙂 "}) {
    const auto text = long_text(piece);
    auto parts = fragments_of(text);
    const auto total = static_cast<int>(parts.size());
    ASSERT_GT(total, 3);
    parts.push_back(parts.front());
    for (int round = 0; round < 20; ++round) {
      std::shuffle(parts.begin(), parts.end(), random);
      EXPECT_TRUE(is_complete(parts, total));
      EXPECT_EQ(assembled(parts, total), text);
    }
  }
}

TEST(Assembly, AMissingPartIsShownAtItsPlace) {
  const auto parts = fragments_of(std::string(153, 'a') + std::string(153, 'b') + std::string(10, 'c'));
  EXPECT_FALSE(is_complete({parts[0], parts[2]}, 3));
  EXPECT_EQ(assembled({parts[2], parts[0]}, 3), std::string(153, 'a') + "[…]" + std::string(10, 'c'));
  EXPECT_EQ(assembled({parts[1]}, 3), "[…]" + std::string(153, 'b') + "[…]");
  EXPECT_EQ(assembled({}, 2), "[…]");
}

TEST(Assembly, ACharacterThatTheSenderCutInTwoIsWholeAgain) {
  const pdu::UserData first{pdu::Encoding::ucs2, {}, {0x00, 0x41, 0xD8, 0x3D}};
  const pdu::UserData second{pdu::Encoding::ucs2, {}, {0xDE, 0x42, 0x00, 0x42}};
  EXPECT_EQ(assembled({{2, second}, {1, first}}, 2), "A🙂B");
  const pdu::UserData escape{pdu::Encoding::gsm7, {}, {0x41, 0x1B}}, euro{pdu::Encoding::gsm7, {}, {0x65}};
  EXPECT_EQ(assembled({{1, escape}, {2, euro}}, 2), "A€");
}

TEST(Assembly, PartsOfDifferentAlphabetsAreReadEachByItsOwn) {
  const pdu::UserData plain{pdu::Encoding::gsm7, {}, {0x41}}, wide{pdu::Encoding::ucs2, {}, {0x04, 0x16}},
      data{pdu::Encoding::octets, {}, {1, 2, 3}};
  EXPECT_EQ(assembled({{1, plain}, {2, wide}, {3, data}}, 3), "AЖ[3 octets of data]");
}

TEST(Place, TellsANewPartARepeatedOneAndAnotherMessageApart) {
  const auto parts = fragments_of(std::string(200, 'a'));
  EXPECT_EQ(place_of(parts[1], {parts[0]}), Place::fresh);
  EXPECT_EQ(place_of(parts[0], {parts[0]}), Place::duplicate);
  auto other = parts[0];
  other.data.payload[0] = 0x42;
  EXPECT_EQ(place_of(other, {parts[0]}), Place::another);
}

}  // namespace
}  // namespace burstd::message

#include "pdu/coding.hpp"

#include <gtest/gtest.h>

namespace burstd::pdu {
namespace {

Coding coding(unsigned scheme) { return read_coding(static_cast<std::uint8_t>(scheme)).value(); }

TEST(Coding, TheGeneralGroupNamesAlphabetAndClass) {
  EXPECT_EQ(coding(0x00).encoding, Encoding::gsm7);
  EXPECT_EQ(coding(0x04).encoding, Encoding::octets);
  EXPECT_EQ(coding(0x08).encoding, Encoding::ucs2);
  EXPECT_FALSE(coding(0x03).message_class) << "the class bits are reserved without bit 4";
  EXPECT_EQ(coding(0x10).message_class, 0);
  EXPECT_EQ(coding(0x1A).message_class, 2);
  EXPECT_EQ(coding(0x1A).encoding, Encoding::ucs2);
  EXPECT_EQ(coding(0x0C).encoding, Encoding::gsm7) << "reserved alphabet";
}

TEST(Coding, CompressedTextIsRefused) {
  for (unsigned scheme = 0; scheme < 0x80; ++scheme) {
    const auto read = read_coding(static_cast<std::uint8_t>(scheme));
    EXPECT_EQ(read.has_error(), (scheme & 0x20U) != 0) << scheme;
    EXPECT_EQ(read ? "" : read.error().code, (scheme & 0x20U) != 0 ? "dcs-compressed" : "");
  }
}

TEST(Coding, TheDeletionGroupReadsLikeTheGeneralOne) {
  EXPECT_TRUE(coding(0x48).delete_after_reading);
  EXPECT_EQ(coding(0x48).encoding, Encoding::ucs2);
  EXPECT_FALSE(coding(0x08).delete_after_reading);
}

TEST(Coding, ReservedGroupsAreTheDefaultAlphabet) {
  for (unsigned scheme = 0x80; scheme < 0xC0; ++scheme) {
    EXPECT_EQ(coding(scheme).encoding, Encoding::gsm7) << scheme;
    EXPECT_FALSE(coding(scheme).message_class) << scheme;
  }
}

TEST(Coding, MessageWaitingGroups) {
  EXPECT_TRUE(coding(0xC8).discard);
  EXPECT_TRUE(coding(0xC8).waiting_active);
  EXPECT_EQ(coding(0xC9).waiting, 1);
  EXPECT_FALSE(coding(0xD0).discard);
  EXPECT_FALSE(coding(0xD0).waiting_active);
  EXPECT_EQ(coding(0xD0).encoding, Encoding::gsm7);
  EXPECT_EQ(coding(0xE2).encoding, Encoding::ucs2);
  EXPECT_EQ(coding(0xE2).waiting, 2);
}

TEST(Coding, TheClassGroup) {
  EXPECT_EQ(coding(0xF0).encoding, Encoding::gsm7);
  EXPECT_EQ(coding(0xF0).message_class, 0);
  EXPECT_EQ(coding(0xF7).encoding, Encoding::octets);
  EXPECT_EQ(coding(0xF7).message_class, 3);
}

TEST(Coding, EveryValueOfTheUpperGroupsIsReadByItsBits) {
  for (unsigned scheme = 0xC0; scheme < 0xF0; ++scheme) {
    const Coding read = coding(scheme);
    EXPECT_EQ(read.encoding, scheme >= 0xE0 ? Encoding::ucs2 : Encoding::gsm7) << scheme;
    EXPECT_EQ(read.waiting, scheme & 3U) << scheme;
    EXPECT_EQ(read.waiting_active, (scheme & 8U) != 0) << scheme;
    EXPECT_EQ(read.discard, scheme < 0xD0) << scheme;
    EXPECT_FALSE(read.message_class || read.delete_after_reading) << scheme;
  }
  for (unsigned scheme = 0xF0; scheme < 0x100; ++scheme) {
    const Coding read = coding(scheme);
    EXPECT_EQ(read.encoding, (scheme & 4U) != 0 ? Encoding::octets : Encoding::gsm7) << scheme;
    EXPECT_EQ(read.message_class, scheme & 3U) << scheme;
    EXPECT_FALSE(read.waiting || read.discard || read.delete_after_reading) << scheme;
  }
}

TEST(CodingScheme, IsWhatIsReadAgain) {
  for (const Encoding encoding : {Encoding::gsm7, Encoding::octets, Encoding::ucs2}) {
    EXPECT_EQ(coding(coding_scheme(encoding).value()).encoding, encoding);
    for (std::uint8_t wanted = 0; wanted < 4; ++wanted) {
      const Coding read = coding(coding_scheme(encoding, wanted).value());
      EXPECT_EQ(read.encoding, encoding);
      EXPECT_EQ(read.message_class, wanted);
    }
  }
  EXPECT_EQ(coding_scheme(Encoding::ucs2).value(), 0x08);
  EXPECT_EQ(coding_scheme(Encoding::gsm7, std::uint8_t{0}).value(), 0x10);
  EXPECT_FALSE(coding_scheme(Encoding::gsm7, std::uint8_t{4}));
}

TEST(Encoding, HasANameForTheInterface) {
  EXPECT_EQ(name(Encoding::gsm7), "gsm7");
  EXPECT_EQ(name(Encoding::octets), "8bit");
  EXPECT_EQ(name(Encoding::ucs2), "ucs2");
}

}  // namespace
}  // namespace burstd::pdu

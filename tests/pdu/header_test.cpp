#include "pdu/header.hpp"

#include <gtest/gtest.h>

namespace burstd::pdu {
namespace {

Header header(std::string_view hex) { return Header{base::from_hex(hex).value()}; }

TEST(Header, ReadsBothConcatenations) {
  EXPECT_EQ(concatenation(header("0003CC0302")), (Concatenation{0xCC, 3, 2, false}));
  EXPECT_EQ(concatenation(header("0804ABCD0502")), (Concatenation{0xABCD, 5, 2, true}));
}

TEST(Header, ReadsBothPorts) {
  EXPECT_EQ(ports(header("05040B8423F0")), (Ports{2948, 9200, true}));
  EXPECT_EQ(ports(header("0402F0F1")), (Ports{240, 241, false}));
}

TEST(Header, KeepsUnknownElementsAndReadsPastThem) {
  const Header read = header(
      "7003010203"
      "0003CC0302"
      "2400");
  ASSERT_TRUE(is_sound(read));
  const auto found = elements(read);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].identifier, 0x70);
  EXPECT_EQ(found[0].data.size(), 3U);
  EXPECT_EQ(found[0].data[2], 3);
  EXPECT_EQ(found[2].data.size(), 0U);
  EXPECT_TRUE(concatenation(read));
}

TEST(Header, TheLastOfRepeatedElementsCounts) {
  EXPECT_EQ(concatenation(header("0003010302"
                                 "0003020301"))
                ->reference,
            2);
  EXPECT_EQ(concatenation(header("0003010302"
                                 "080400020301"))
                ->wide,
            true);
}

TEST(Header, ImpossibleConcatenationsAreIgnored) {
  for (const char* hex : {"0003CC0001", "0003CC0300", "0003CC0304", "0002CC03", "0804CC030201"}) {
    const auto read = concatenation(header(hex));
    if (std::string_view(hex) == "0804CC030201") {
      EXPECT_TRUE(read) << "CC03, part 1 of 2";
    } else {
      EXPECT_FALSE(read) << hex;
    }
  }
  EXPECT_EQ(concatenation(header("0003010302"
                                 "0003020309"))
                ->reference,
            1)
      << "an impossible one repeats nothing";
}

TEST(Header, IsIgnoredWholeWhereTheLastElementDoesNotEndWithIt) {
  for (const char* hex : {"0003CC0302"
                          "00",
                          "0003CC0302"
                          "7005",
                          "0004CC0302", "00",
                          "0003CC0302"
                          "700501"}) {
    EXPECT_FALSE(is_sound(header(hex))) << hex;
    EXPECT_TRUE(elements(header(hex)).empty()) << hex;
    EXPECT_FALSE(concatenation(header(hex))) << hex;
  }
}

TEST(Header, AnEmptyOneIsSound) {
  EXPECT_TRUE(is_sound({}));
  EXPECT_TRUE(elements({}).empty());
  EXPECT_FALSE(concatenation({}));
  EXPECT_FALSE(ports({}));
}

TEST(Header, NamesTheNationalTables) {
  const Alphabet asked =
      alphabet(header("240101"
                      "250103"));
  EXPECT_EQ(asked.single, Language::turkish);
  EXPECT_EQ(asked.locking, Language::portuguese);
  EXPECT_EQ(alphabet(header("2401FF")).single, Language::standard);
  EXPECT_EQ(alphabet(header("24020101")).single, Language::standard);
}

TEST(Header, TheLastNationalTableCountsAndUnknownOnesAreIgnored) {
  EXPECT_EQ(alphabet(header("240101"
                            "240102"))
                .single,
            Language::spanish);
  EXPECT_EQ(alphabet(header("240101"
                            "2401FF"
                            "240100"))
                .single,
            Language::turkish);
}

TEST(Header, TheTablesOfAnAlphabetAreAppendedAndReadAgain) {
  for (std::uint8_t locking = 0; locking < 14; ++locking) {
    for (std::uint8_t single = 0; single < 14; ++single) {
      const Alphabet asked{language(locking), language(single)};
      Header built;
      append(built, asked);
      EXPECT_EQ(alphabet(built), asked);
      EXPECT_EQ(built.octets.size(), (locking > 0 ? 3U : 0U) + (single > 0 ? 3U : 0U));
    }
  }
}

TEST(Header, WhatIsAppendedIsReadAgain) {
  Header built;
  append(built, Concatenation{0x7F, 4, 3, false});
  append(built, Ports{0x1234, 0x5678, true});
  EXPECT_EQ(base::to_hex(built.octets),
            "00037F0403"
            "050412345678");
  EXPECT_EQ(concatenation(built), (Concatenation{0x7F, 4, 3, false}));
  EXPECT_EQ(ports(built), (Ports{0x1234, 0x5678, true}));
  Header wide;
  append(wide, Concatenation{0xBEEF, 255, 255, true});
  append(wide, Ports{1, 2, false});
  EXPECT_EQ(concatenation(wide), (Concatenation{0xBEEF, 255, 255, true}));
  EXPECT_EQ(ports(wide), (Ports{1, 2, false}));
}

}  // namespace
}  // namespace burstd::pdu

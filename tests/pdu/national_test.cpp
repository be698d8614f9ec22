// The national language tables of 23.038, annex A: every row of them, and where they are slippery.
#include <gtest/gtest.h>

#include <set>

#include "base/utf8.hpp"
#include "pdu/gsm7.hpp"
#include "pdu/gsm7_tables.hpp"
#include "pdu/segment.hpp"

namespace burstd::pdu {
namespace {

class National : public testing::TestWithParam<Language> {};

INSTANTIATE_TEST_SUITE_P(Each, National,
                         testing::Values(Language::standard, Language::turkish, Language::spanish, Language::portuguese,
                                         Language::bengali, Language::gujarati, Language::hindi, Language::kannada,
                                         Language::malayalam, Language::oriya, Language::punjabi, Language::tamil,
                                         Language::telugu, Language::urdu));

TEST_P(National, HasItsIdentifier) {
  EXPECT_EQ(language(static_cast<std::uint8_t>(GetParam())), GetParam());
  EXPECT_EQ(locking_table(GetParam()) == locking_table(Language::standard), !has_locking_table(GetParam()));
  EXPECT_EQ(single_table(GetParam()) == single_table(Language::standard), GetParam() == Language::standard);
}

TEST_P(National, EveryRowOfTheLockingTableRoundTrips) {
  const Alphabet alphabet{GetParam(), Language::standard};
  std::set<char16_t> seen;
  for (std::uint8_t septet = 0; septet < 128; ++septet) {
    const char16_t point = locking_table(GetParam())[septet];
    if (septet == escape) continue;
    const std::string text = septets_to_utf8(base::Octets{septet}, alphabet);
    if (point == no_character) {
      EXPECT_EQ(text, " ") << int{septet};
      continue;
    }
    EXPECT_TRUE(seen.insert(point).second) << int{septet} << ": " << text << " stands twice";
    EXPECT_EQ(text, base::to_utf8(std::u32string(1, point))) << int{septet};
    EXPECT_EQ(to_septets(std::u32string(1, point), alphabet), base::Octets{septet}) << int{septet};
  }
}

TEST_P(National, EveryRowOfTheSingleShiftTableRoundTrips) {
  const Alphabet alphabet{Language::standard, GetParam()};
  std::set<char16_t> seen;
  for (std::uint8_t septet = 0; septet < 128; ++septet) {
    const char16_t point = single_table(GetParam())[septet];
    const base::Octets pair{escape, septet};
    const std::string text = septets_to_utf8(pair, alphabet);
    if (septet == escape) continue;
    if (point == no_character) {
      EXPECT_EQ(text, septets_to_utf8(base::Octets{septet})) << "the main table's character for " << int{septet};
      continue;
    }
    EXPECT_EQ(text, base::to_utf8(std::u32string(1, point))) << int{septet};
    const auto back = to_septets(std::u32string(1, point), alphabet);
    ASSERT_TRUE(back) << int{septet};
    EXPECT_EQ(septets_to_utf8(*back, alphabet), text) << int{septet};
    if (!seen.insert(point).second || septet_code(point).count == 1) continue;
    EXPECT_EQ(*back, pair) << int{septet};
  }
}

TEST_P(National, HasNoCharacterThatUnicodeHasNot) {
  const std::set<char16_t> unassigned{0x0B91, 0x0C11, 0x0C04, 0x0BD8, 0xFFFD, 0xFFFE, 0xFFFF, 0};
  for (const Table table : {locking_table(GetParam()), single_table(GetParam())}) {
    for (const char16_t point : table) EXPECT_FALSE(unassigned.contains(point)) << std::hex << int{point};
  }
}

TEST_P(National, EveryTableHasTheCommonCharacters) {
  const Alphabet both{GetParam(), GetParam()};
  for (const char32_t point : std::u32string_view(U" 0123456789abcdefghijklmnopqrstuvwxyz\n\r!,.?:;()")) {
    EXPECT_EQ(septet_code(point, both).count, 1) << static_cast<unsigned>(point);
  }
  for (const char32_t point : std::u32string_view(U"^{}\\[~]|€ABCDEFGHIJKLMNOPQRSTUVWXYZ@$%&'*+-/<=>_#\"")) {
    EXPECT_GT(septet_code(point, both).count, 0) << static_cast<unsigned>(point);
  }
}

TEST(NationalTables, NoScriptStraysIntoAnother) {
  struct Script {
    Language language;
    unsigned block;  // of 128 code points
  };
  for (const Script& script :
       {Script{Language::bengali, 0x0980}, Script{Language::gujarati, 0x0A80}, Script{Language::hindi, 0x0900},
        Script{Language::kannada, 0x0C80}, Script{Language::malayalam, 0x0D00}, Script{Language::oriya, 0x0B00},
        Script{Language::punjabi, 0x0A00}, Script{Language::tamil, 0x0B80}, Script{Language::telugu, 0x0C00}}) {
    for (const Table table : {locking_table(script.language), single_table(script.language)}) {
      for (const char16_t point : table) {
        if (point < 0x0900 || point == 0x0964 || point == 0x0965 || point == 0x20AC) continue;
        EXPECT_EQ(point & 0xFF80U, script.block) << std::hex << int{point};
      }
    }
  }
}

TEST(NationalTables, TheDigitsOfEveryScriptAreInOrder) {
  for (const auto& [language, zero] :
       std::initializer_list<std::pair<Language, char32_t>>{{Language::bengali, 0x09E6},
                                                            {Language::gujarati, 0x0AE6},
                                                            {Language::hindi, 0x0966},
                                                            {Language::kannada, 0x0CE6},
                                                            {Language::malayalam, 0x0D66},
                                                            {Language::oriya, 0x0B66},
                                                            {Language::punjabi, 0x0A66},
                                                            {Language::tamil, 0x0BE6},
                                                            {Language::telugu, 0x0C66}}) {
    const unsigned first = language == Language::bengali ? 0x19 : 0x1C;
    for (unsigned digit = 0; digit < 10; ++digit) {
      const unsigned at = first + digit + (first + digit >= 0x1B && first < 0x1B ? 1 : 0);
      EXPECT_EQ(single_table(language)[at], zero + digit) << static_cast<int>(language) << ", " << digit;
    }
  }
}

TEST(NationalTables, AreMixedAsTheHeaderSays) {
  const Alphabet mixed{Language::hindi, Language::turkish};
  EXPECT_EQ(septets_to_utf8(base::Octets{0x15, 0x50, escape, 0x53}, mixed), "काŞ");
  EXPECT_EQ(to_septets(U"काŞ", mixed), (base::Octets{0x15, 0x50, escape, 0x53}));
  EXPECT_FALSE(to_septets(U"काŞ", {Language::hindi, Language::hindi}));
}

TEST(NationalTables, UnknownIdentifiersAreReadAsTheDefault) {
  EXPECT_EQ(language(0), Language::standard);
  for (unsigned identifier = 14; identifier < 256; ++identifier) {
    EXPECT_EQ(language(static_cast<std::uint8_t>(identifier)), Language::standard) << identifier;
  }
}

}  // namespace
}  // namespace burstd::pdu

#include "pdu/gsm7.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "base/utf8.hpp"

namespace burstd::pdu {
namespace {

using base::from_hex;
using base::Octets;
using base::to_hex;

Octets septets(std::string_view text) { return Octets(text.begin(), text.end()); }

TEST(Septets, PackAsInTheStandardsExample) {
  EXPECT_EQ(to_hex(pack_septets(septets("hellohello"))), "E8329BFD4697D9EC37");
  EXPECT_EQ(to_hex(pack_septets(septets("12"))), "3119");
  EXPECT_EQ(to_hex(pack_septets(septets("1234567"))), "31D98C56B3DD00");
  EXPECT_EQ(to_hex(pack_septets(septets("12345678"))), "31D98C56B3DD70");
  EXPECT_EQ(to_hex(pack_septets({})), "");
}

TEST(Septets, FillBitsComeFirst) {
  EXPECT_EQ(to_hex(pack_septets(septets("h"), 1)), "D0");
  EXPECT_EQ(to_hex(pack_septets(septets("h"), 6)), "001A");
  EXPECT_EQ(to_hex(pack_septets(septets("hello"), 1)), "D06536FB0D");
}

TEST(Septets, UnpackWhatWasPackedWithAnyFill) {
  std::mt19937 random(1);
  for (std::size_t count = 0; count <= 170; ++count) {
    Octets codes(count);
    for (auto& code : codes) code = static_cast<std::uint8_t>(random() % 128);
    for (unsigned fill = 0; fill < 7; ++fill) {
      const Octets packed = pack_septets(codes, fill);
      ASSERT_EQ(packed.size(), packed_size(count, fill));
      ASSERT_EQ(unpack_septets(packed, count, fill), codes) << count << " with " << fill;
    }
  }
}

TEST(Septets, UnpackStopsWhereTheOctetsEnd) {
  EXPECT_EQ(unpack_septets({}, 10).size(), 0U);
  EXPECT_EQ(unpack_septets({}, 10, 6).size(), 0U);
  EXPECT_EQ(unpack_septets(Octets{0x31, 0x19}, 160).size(), 2U);
  EXPECT_EQ(unpack_septets(Octets{0x31, 0x19}, 160, 3).size(), 1U);
}

TEST(DefaultAlphabet, EverySeptetHasOneCharacterAndBack) {
  std::set<std::string> seen;
  for (unsigned code = 0; code < 128; ++code) {
    if (code == escape) continue;
    const Octets one{static_cast<std::uint8_t>(code)};
    const std::string text = septets_to_utf8(one);
    EXPECT_TRUE(seen.insert(text).second) << code;
    const auto points = base::from_utf8(text);
    ASSERT_TRUE(points && points->size() == 1) << code;
    const SeptetCode back = septet_code(points->front());
    EXPECT_EQ(back.count, 1) << code;
    EXPECT_EQ(back.value, code);
  }
  EXPECT_EQ(seen.size(), 127U);
}

TEST(DefaultAlphabet, HasTheStandardsOrder) {
  Octets all;
  for (unsigned code = 0; code < 128; ++code) {
    if (code != escape) all.push_back(static_cast<std::uint8_t>(code));
  }
  EXPECT_EQ(septets_to_utf8(all),
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
}

struct Extended {
  char32_t point;
  std::uint8_t code;
};

TEST(DefaultAlphabet, TheExtensionHasTenCharacters) {
  const std::vector<Extended> rows{{U'\f', 0x0A}, {U'^', 0x14}, {U'{', 0x28}, {U'}', 0x29}, {U'\\', 0x2F},
                                   {U'[', 0x3C},  {U'~', 0x3D}, {U']', 0x3E}, {U'|', 0x40}, {U'€', 0x65}};
  for (const Extended& row : rows) {
    const SeptetCode code = septet_code(row.point);
    EXPECT_EQ(code.count, 2) << static_cast<unsigned>(row.point);
    EXPECT_EQ(code.value, row.code);
    EXPECT_EQ(septets_to_utf8(Octets{escape, row.code}), base::to_utf8(std::u32string(1, row.point)));
  }
}

TEST(DefaultAlphabet, HoldsExactly137Characters) {
  int held = 0;
  for (char32_t point = 0; point <= 0x10FFFF; ++point) held += septet_code(point).count > 0 ? 1 : 0;
  EXPECT_EQ(held, 137);
}

TEST(DefaultAlphabet, NothingIsApproximated) {
  for (const char32_t point : {U'ç', U'á', U'ê', U'`', U'\t', U'\0', U'\x1B', U'Α', U'’', U'–', U'\u00A0', U'😀'}) {
    EXPECT_EQ(septet_code(point).count, 0) << static_cast<unsigned>(point);
  }
}

TEST(DefaultAlphabet, AnUnknownExtensionIsReadAsTheMainTablesCharacter) {
  EXPECT_EQ(septets_to_utf8(Octets{escape, 'a'}), "a");
  EXPECT_EQ(septets_to_utf8(Octets{escape, 0x00}), "@");
  EXPECT_EQ(septets_to_utf8(Octets{escape, escape, 'x'}), " x");
  EXPECT_EQ(septets_to_utf8(Octets{'x', escape}), "x ");
}

TEST(NationalLanguages, HaveTheirOwnCharacters) {
  const Alphabet turkish{Language::turkish, Language::turkish};
  EXPECT_EQ(septets_to_utf8(Octets{0x04, 0x07, 0x0B, 0x0C, 0x1C, 0x1D, 0x40, 0x60}, turkish), "€ıĞğŞşİç");
  EXPECT_EQ(septets_to_utf8(Octets{escape, 0x47, escape, 0x49, escape, 0x53, escape, 0x63, escape, 0x65}, turkish),
            "ĞİŞç€");
  const Alphabet spanish{Language::standard, Language::spanish};
  EXPECT_EQ(septets_to_utf8(Octets{escape, 0x09, escape, 0x41, escape, 0x61, escape, 0x6F, 'n'}, spanish), "çÁáón");
  const Alphabet portuguese{Language::portuguese, Language::portuguese};
  EXPECT_EQ(septets_to_utf8(Octets{0x04, 0x09, 0x15, 0x18, 0x40, 0x5B, 0x7B, 0x7C}, portuguese), "êç∞€ÍÃãõ");
  EXPECT_EQ(septets_to_utf8(Octets{escape, 0x05, escape, 0x1F, escape, 0x61, escape, 0x7F}, portuguese), "êÊÂâ");
}

}  // namespace
}  // namespace burstd::pdu

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "base/letters.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"

namespace burstd::base {
namespace {

TEST(Time, Rfc3339RoundTripsInUtc) {
  const auto time = from_rfc3339("2026-03-01T08:30:00.250+01:00");
  ASSERT_TRUE(time);
  EXPECT_EQ(to_rfc3339(*time), "2026-03-01T07:30:00.250Z");
  EXPECT_EQ(from_rfc3339(to_rfc3339(*time)).value(), *time);
  EXPECT_EQ(to_millis(*time), 1772350200250);
}

TEST(Time, AnOffsetIsRequiredAndEveryFieldIsChecked) {
  for (const char* text : {"", "2026-03-01", "2026-03-01T08:30:00", "2026-02-30T08:30:00Z", "2026-13-01T08:30:00Z",
                           "2026-03-01T24:00:00Z", "2026-03-01T08:60:00Z", "2026-03-01T08:30:00.Z",
                           "2026-03-01T08:30:00+1:00", "2026-03-01T08:30:00Zx", "2026-03-01T08:30:00+01:00 "}) {
    EXPECT_FALSE(from_rfc3339(text)) << text;
  }
}

TEST(Hex, RoundTripsAndRefusesOddAndForeignDigits) {
  const Octets octets{0x00, 0x7F, 0xAB, 0xFF};
  EXPECT_EQ(to_hex(octets), "007FABFF");
  EXPECT_EQ(from_hex("007fabff").value(), octets);
  EXPECT_FALSE(from_hex("007"));
  EXPECT_FALSE(from_hex("0G"));
}

TEST(Letters, AreComparedWithoutCaseAndBlanksWithoutNumber) {
  EXPECT_EQ(lowered("ÀÉŒŸ Ж Ω 1"), U"àéœÿ ж ω 1");
  EXPECT_EQ(bare_words(" \tOpt\u00A0\u200B  OUT\n"), U"opt out");
  EXPECT_EQ(bare_words(" \r\n"), U"");
  EXPECT_EQ(bare_words("\xFF"), U"");
}

TEST(Utf8, RoundTripsEveryScalarValue) {
  for (char32_t point = 0; point <= 0x10FFFF; point += (point < 0x3000 ? 1 : 97)) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;
    const std::u32string one(1, point);
    ASSERT_EQ(from_utf8(to_utf8(one)).value(), one) << static_cast<unsigned>(point);
  }
}

TEST(Utf8, RefusesOverlongSurrogateTruncatedAndTooLarge) {
  for (const char* text : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3", "a\xFF", "\x80"}) {
    EXPECT_FALSE(is_utf8(text));
    EXPECT_FALSE(from_utf8(text));
  }
  EXPECT_TRUE(is_utf8("Zoë 🙂"));
}

}  // namespace
}  // namespace burstd::base

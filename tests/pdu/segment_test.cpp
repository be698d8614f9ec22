#include "pdu/segment.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "base/utf8.hpp"
#include "pdu/gsm7.hpp"
#include "times.hpp"

namespace burstd::pdu {
namespace {

std::vector<int> units(const Segmentation& cut) {
  std::vector<int> found;
  for (const Segment& piece : cut.segments) found.push_back(piece.units);
  return found;
}

struct Count {
  std::string text;
  Encoding encoding;
  std::vector<int> units;
  int per_segment;
  int left;
};

class Counts : public testing::TestWithParam<Count> {};

TEST_P(Counts, AreTheStandards) {
  const Count& row = GetParam();
  const auto cut = segment(row.text);
  ASSERT_TRUE(cut);
  EXPECT_EQ(cut->encoding, row.encoding);
  EXPECT_EQ(units(*cut), row.units);
  EXPECT_EQ(cut->units_per_segment, row.per_segment);
  EXPECT_EQ(cut->units_left, row.left);
  int used = 0;
  for (const int one : row.units) used += one;
  EXPECT_EQ(cut->units_used, used);
}

INSTANTIATE_TEST_SUITE_P(
    Gsm7, Counts,
    testing::Values(Count{"", Encoding::gsm7, {0}, 160, 160}, Count{"a", Encoding::gsm7, {1}, 160, 159},
                    Count{times(160, "a"), Encoding::gsm7, {160}, 160, 0},
                    Count{times(161, "a"), Encoding::gsm7, {153, 8}, 153, 145},
                    Count{times(306, "a"), Encoding::gsm7, {153, 153}, 153, 0},
                    Count{times(307, "a"), Encoding::gsm7, {153, 153, 1}, 153, 152},
                    Count{times(80, "€"), Encoding::gsm7, {160}, 160, 0},
                    Count{times(81, "€"), Encoding::gsm7, {152, 10}, 153, 143},
                    Count{times(152, "a") + "[" + times(10, "b"), Encoding::gsm7, {152, 12}, 153, 141},
                    Count{times(151, "a") + "[" + times(10, "b"), Encoding::gsm7, {153, 10}, 153, 143},
                    Count{times(159, "a") + "€", Encoding::gsm7, {153, 8}, 153, 145},
                    Count{times(158, "a") + "€", Encoding::gsm7, {160}, 160, 0}));

INSTANTIATE_TEST_SUITE_P(Ucs2, Counts,
                         testing::Values(Count{"ж", Encoding::ucs2, {1}, 70, 69},
                                         Count{times(70, "ж"), Encoding::ucs2, {70}, 70, 0},
                                         Count{times(71, "ж"), Encoding::ucs2, {67, 4}, 67, 63},
                                         Count{times(134, "ж"), Encoding::ucs2, {67, 67}, 67, 0},
                                         Count{times(35, "😀"), Encoding::ucs2, {70}, 70, 0},
                                         Count{times(36, "😀"), Encoding::ucs2, {66, 6}, 67, 61},
                                         Count{times(69, "a") + "ç", Encoding::ucs2, {70}, 70, 0},
                                         Count{times(70, "a") + "ç", Encoding::ucs2, {67, 4}, 67, 63},
                                         Count{times(66, "ж") + "😀" + "жжж", Encoding::ucs2, {66, 5}, 67, 62}));

// What stands at the cut and must stay whole; each is 66 units of text, then the piece.
class Whole : public testing::TestWithParam<const char*> {};

TEST_P(Whole, ComposedCharactersAreNotCut) {
  const std::string piece = GetParam();
  const auto cut = segment(times(66, "ж") + piece + times(40, "ж"));
  ASSERT_TRUE(cut);
  ASSERT_EQ(cut->segments.size(), 2U);
  EXPECT_EQ(cut->segments[0].units, 66);
  EXPECT_TRUE(cut->segments[1].text.starts_with(piece));
}

INSTANTIATE_TEST_SUITE_P(Each, Whole,
                         testing::Values("👍🏽", "❤️", "👨‍👩‍👧‍👦", "🇨🇭", "e\u0301", "1️⃣",
                                         "नि",
                                         "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"));

TEST(Segment, FlagsAreKeptInPairs) {
  const auto cut = segment(times(20, "🇨🇭"));
  ASSERT_TRUE(cut);
  EXPECT_EQ(units(*cut), (std::vector<int>{64, 16}));
}

TEST(Segment, AComposedCharacterLongerThanAPartIsCutBetweenCodePoints) {
  const auto cut = segment("x" + times(200, "\u0301"));
  ASSERT_TRUE(cut);
  EXPECT_EQ(units(*cut), (std::vector<int>{67, 67, 67}));
  const auto family = segment(times(60, "👨\u200D") + "👩");
  ASSERT_TRUE(family);
  for (const Segment& piece : family->segments) EXPECT_TRUE(base::is_utf8(piece.text));
}

TEST(Segment, OneForeignCharacterTurnsTheWholeTextToUcs2) {
  EXPECT_EQ(segment("Rendez-vous à 8 h")->encoding, Encoding::gsm7);
  EXPECT_EQ(segment("Reçu")->encoding, Encoding::ucs2);
  EXPECT_EQ(segment("it’s")->encoding, Encoding::ucs2);
  EXPECT_EQ(segment("tab\there")->encoding, Encoding::ucs2);
}

TEST(Segment, UpTo255PartsAndNoMore) {
  EXPECT_EQ(segment(times(255 * 153, "a"))->segments.size(), 255U);
  const auto over = segment(times(255 * 153 + 1, "a"));
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, "text-too-long");
  EXPECT_EQ(segment(times(255 * 67, "ж"))->segments.size(), 255U);
  EXPECT_FALSE(segment(times(255 * 67 + 1, "ж")));
}

TEST(Segment, RefusesWhatIsNotUtf8) {
  const auto cut = segment("caf\xE9");
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().code, "utf8-invalid");
}

TEST(Segment, EmojiSequencesAreCutOnlyBetween) {
  const std::vector<std::u32string> sequences{
      U"👍🏽",
      U"❤️",
      U"👨‍👩‍👧‍👦",
      U"🏳️‍🌈",
      U"👩🏾‍⚕️",
      U"🇨🇭",
      U"🇩🇪",
      U"1️⃣",
      U"#️⃣",
      U"😀",
      U"ж",
      U"e\u0301",
      U"\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F"};
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    std::u32string points;
    std::set<std::string> allowed;
    for (auto left = 1 + random() % 60; left > 0; --left) {
      points += sequences[random() % sequences.size()];
      allowed.insert(base::to_utf8(points));
    }
    std::string joined;
    const auto cut = segment(base::to_utf8(points)).value();
    for (const Segment& piece : cut.segments) {
      joined += piece.text;
      ASSERT_TRUE(allowed.contains(joined)) << "cut after " << joined;
    }
  }
}

// Joined again, nothing is lost, nothing is cut in two, nothing is over the limit.
void expect_sound(const std::string& text) {
  const auto cut = segment(text);
  ASSERT_TRUE(cut);
  std::string joined;
  base::Octets payload;
  for (const Segment& piece : cut->segments) {
    joined += piece.text;
    payload.insert(payload.end(), piece.payload.begin(), piece.payload.end());
    ASSERT_TRUE(base::is_utf8(piece.text));
    ASSERT_LE(piece.units, cut->units_per_segment);
    ASSERT_EQ(text_of(cut->encoding, piece.payload), piece.text);
    ASSERT_EQ(piece.payload.size(), static_cast<std::size_t>(piece.units) * (cut->encoding == Encoding::gsm7 ? 1 : 2));
  }
  ASSERT_EQ(joined, text);
  ASSERT_EQ(text_of(cut->encoding, payload), text);
}

TEST(Segment, LosesNothingOfRandomTexts) {
  std::mt19937 random(42);
  const std::u32string plain = U"abc XYZ 0189 äöü€[]{}~^|\\@£Δ\n";
  const std::u32string wild = U"aж😀\u200D\uFE0F🏽🇨🇭\u0301👩नि€";
  for (int round = 0; round < 500; ++round) {
    const std::u32string& letters = round % 2 == 0 ? plain : wild;
    std::u32string points;
    for (auto left = random() % 700; left > 0; --left) points += letters[random() % letters.size()];
    ASSERT_NO_FATAL_FAILURE(expect_sound(base::to_utf8(points)));
  }
}

}  // namespace
}  // namespace burstd::pdu

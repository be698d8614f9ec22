// Segmenting where the caller allows national language tables: which are chosen, what room they leave, what goes on the
// air.
#include <gtest/gtest.h>

#include <random>

#include "base/utf8.hpp"
#include "pdu/clusters.hpp"
#include "pdu/submit.hpp"
#include "times.hpp"

namespace burstd::pdu {
namespace {

constexpr Alphabet no_shift{};
constexpr Alphabet turkish_single{Language::standard, Language::turkish};
constexpr Alphabet turkish_locking{Language::turkish, Language::standard};
constexpr Alphabet hindi_locking{Language::hindi, Language::standard};
constexpr Alphabet hindi_both{Language::hindi, Language::hindi};

struct Choice {
  std::string text;
  std::vector<Language> allowed;
  Alphabet alphabet;
  std::vector<int> units;
  int per_segment;
};

class Choices : public testing::TestWithParam<Choice> {};

TEST_P(Choices, AreTheCheapest) {
  const Choice& row = GetParam();
  const auto cut = segment(row.text, {row.allowed});
  ASSERT_TRUE(cut);
  EXPECT_EQ(cut->encoding, Encoding::gsm7);
  EXPECT_EQ(cut->alphabet, row.alphabet);
  std::vector<int> units;
  for (const Segment& piece : cut->segments) units.push_back(piece.units);
  EXPECT_EQ(units, row.units);
  EXPECT_EQ(cut->units_per_segment, row.per_segment);
  EXPECT_EQ(cut->units_left, row.per_segment - row.units.back());
}

INSTANTIATE_TEST_SUITE_P(
    Each, Choices,
    testing::Values(Choice{"Merhaba", {Language::turkish}, no_shift, {7}, 160},
                    Choice{times(161, "a"), {Language::turkish}, no_shift, {153, 8}, 153},
                    Choice{"Yarın", {Language::turkish}, turkish_single, {6}, 155},
                    Choice{times(153, "a") + "ş", {Language::turkish}, turkish_single, {155}, 155},
                    Choice{times(154, "a") + "ş", {Language::turkish}, turkish_locking, {155}, 155},
                    Choice{times(155, "ş"), {Language::turkish}, turkish_locking, {155}, 155},
                    Choice{times(156, "ş"), {Language::turkish}, turkish_locking, {149, 7}, 149},
                    Choice{times(160, "€"), {Language::turkish}, turkish_locking, {149, 11}, 149},
                    Choice{"¿Qué día?", {Language::spanish}, {no_shift.locking, Language::spanish}, {10}, 155},
                    Choice{times(148, "a") + "á" + times(10, "b"),
                           {Language::spanish},
                           {no_shift.locking, Language::spanish},
                           {148, 12},
                           149},
                    Choice{times(155, "क"), {Language::hindi}, hindi_locking, {155}, 155},
                    Choice{times(153, "क") + "[", {Language::hindi}, hindi_locking, {155}, 155},
                    Choice{times(150, "क") + "A", {Language::hindi}, hindi_both, {152}, 152},
                    Choice{times(151, "क") + "A", {Language::hindi}, hindi_both, {146, 7}, 146},
                    Choice{times(148, "क") + "नि" + times(10, "क"), {Language::hindi}, hindi_locking, {148, 12}, 149},
                    Choice{times(160, "क"), {Language::turkish, Language::hindi}, hindi_locking, {149, 11}, 149}));

TEST(NationalSegment, NothingChangesWhereNothingIsAllowed) {
  for (const std::string& text : {std::string("Yarın"), times(160, "€"), times(155, "क")}) {
    const auto cut = segment(text);
    EXPECT_EQ(cut->alphabet, no_shift);
    EXPECT_EQ(part_header(*cut, 1, 7).octets.size(), cut->segments.size() > 1 ? 5U : 0U);
  }
  EXPECT_EQ(segment("Yarın", {{Language::standard}})->encoding, Encoding::ucs2);
}

TEST(NationalSegment, WhatNoTableCarriesWholeIsUcs2) {
  EXPECT_EQ(segment("Yarın क", {{Language::turkish, Language::hindi}})->encoding, Encoding::ucs2);
  EXPECT_EQ(segment("Yarın 😀", {{Language::turkish}})->encoding, Encoding::ucs2);
  EXPECT_EQ(segment("it’s", {{Language::turkish}})->encoding, Encoding::ucs2);
}

struct Room {
  Alphabet alphabet;
  std::size_t alone;
  std::size_t part;
  std::size_t wide_part;  // beside a 16-bit reference
};

TEST(NationalSegment, RoomFollowsFromTheHeadersLength) {
  for (const Room& row : {Room{no_shift, 160, 153, 152}, Room{turkish_single, 155, 149, 148},
                          Room{turkish_locking, 155, 149, 148}, Room{hindi_both, 152, 146, 145}}) {
    Header alone;
    append(alone, row.alphabet);
    EXPECT_EQ(capacity(Encoding::gsm7, alone), row.alone);
    for (const bool wide : {false, true}) {
      Header part;
      append(part, Concatenation{1, 2, 1, wide});
      append(part, row.alphabet);
      EXPECT_EQ(capacity(Encoding::gsm7, part), wide ? row.wide_part : row.part);
    }
  }
  Header concatenated;
  EXPECT_EQ(capacity(Encoding::ucs2, concatenated), 70U);
  append(concatenated, Concatenation{1, 2, 1, false});
  EXPECT_EQ(capacity(Encoding::ucs2, concatenated), 67U);
  EXPECT_EQ(capacity(Encoding::octets, concatenated), 134U);
  EXPECT_EQ(capacity(Encoding::gsm7, Header{base::Octets(200)}), 0U);
}

TEST(NationalSegment, EveryPartNamesItsTables) {
  Envelope envelope;
  envelope.destination = "+905321234567";
  envelope.reference = 0xA5;
  const std::string long_text = times(151, "क") + "A";
  const auto cut = segment(long_text, {{Language::hindi}}).value();
  ASSERT_EQ(cut.segments.size(), 2U);
  std::string joined;
  for (std::size_t part = 1; part <= 2; ++part) {
    const auto submit = decode_submit(encode_part(cut, part, envelope)->hex).value();
    EXPECT_EQ(base::to_hex(submit.user_data.header.octets),
              part == 1 ? "0003A50201240106250106" : "0003A50202240106250106");
    EXPECT_EQ(submit.coding_scheme, 0);
    joined += text(submit.user_data);
  }
  EXPECT_EQ(joined, long_text);
  const auto alone = segment("Yarın", {{Language::turkish}}).value();
  EXPECT_EQ(base::to_hex(part_header(alone, 1, 7).octets), "240101");
  EXPECT_EQ(encode_part(alone, 1, envelope)->hex, "0061000C9109351232547600000B03240101C886E59BB41B");
}

const std::vector<Language> every{Language::turkish,  Language::spanish, Language::portuguese, Language::bengali,
                                  Language::gujarati, Language::hindi,   Language::kannada,    Language::malayalam,
                                  Language::oriya,    Language::punjabi, Language::tamil,      Language::telugu,
                                  Language::urdu};

// No part could take one composed character more.
void expect_greedy(const Segmentation& cut) {
  for (std::size_t at = 0; at + 1 < cut.segments.size(); ++at) {
    const auto next = base::from_utf8(cut.segments[at + 1].text).value();
    const std::u32string_view first = std::u32string_view(next).substr(0, cluster_end(next, 0));
    const auto septets = to_septets(first, cut.alphabet);
    std::size_t units = first.size();
    for (const char32_t point : first) units += point > 0xFFFF ? 1 : 0;
    if (cut.encoding == Encoding::gsm7) units = septets->size();
    ASSERT_GT(cut.segments[at].units + static_cast<int>(units), cut.units_per_segment);
  }
}

void expect_sound(const std::string& text, const Alphabets& allowed) {
  const auto cut = segment(text, allowed).value();
  Envelope envelope;
  envelope.destination = "+41791234567";
  std::string joined;
  for (std::size_t part = 1; part <= cut.segments.size(); ++part) {
    const Segment& piece = cut.segments[part - 1];
    ASSERT_LE(piece.units, cut.units_per_segment);
    ASSERT_EQ(capacity(cut.encoding, part_header(cut, part, 0)), static_cast<std::size_t>(cut.units_per_segment));
    ASSERT_EQ(pdu::text(decode_submit(encode_part(cut, part, envelope)->hex)->user_data), piece.text);
    joined += piece.text;
  }
  ASSERT_EQ(joined, text);
  ASSERT_NO_FATAL_FAILURE(expect_greedy(cut));
  ASSERT_LE(cut.segments.size(), segment(text)->segments.size()) << "never dearer than without national tables";
}

TEST(NationalSegment, RandomTextsAreCarriedWholeAndNeverDearer) {
  std::mt19937 random(20260302);
  const std::vector<std::u32string> letters{U"abc XYZ €[]{}şığçİĞ",    U"abc áíóúç¿ñÁ [", U"ação ÃÕ^{}|êâ ABC",
                                            U"कखगघ नि हिन्दी ABC १२३[", U"தமிழ் ABC ௧௨௩ a", U"اردو پاکستان ۱۲۳ A!",
                                            U"বাংলা ABC ০১২",          U"abc ж😀ş"};
  for (int round = 0; round < 400; ++round) {
    const std::u32string& set = letters[static_cast<std::size_t>(round) % letters.size()];
    std::u32string points;
    for (auto left = random() % 500; left > 0; --left) points += set[random() % set.size()];
    ASSERT_NO_FATAL_FAILURE(expect_sound(base::to_utf8(points), {every})) << base::to_utf8(points);
  }
}

}  // namespace
}  // namespace burstd::pdu

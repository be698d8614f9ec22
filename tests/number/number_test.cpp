#include "number/number.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace burstd::number {
namespace {

struct Case {
  const char* country;
  const char* typed;
  const char* e164;
  Kind kind;
};

const Plan& plan(const char* country) { return *find_plan(country); }

class Typing : public testing::TestWithParam<Case> {};

TEST_P(Typing, IsReadAsThePersonMeantIt) {
  const Case& row = GetParam();
  const auto number = parse(row.typed, plan(row.country));
  ASSERT_TRUE(number) << row.typed << ": " << number.error().sentence;
  EXPECT_EQ(number->e164, row.e164) << row.typed;
  EXPECT_EQ(name(number->kind), name(row.kind)) << row.typed;
}

INSTANTIATE_TEST_SUITE_P(Forms, Typing,
                         testing::Values(Case{"CH", "079 123 45 67", "+41791234567", Kind::mobile},
                                         Case{"CH", "079/123.45.67", "+41791234567", Kind::mobile},
                                         Case{"CH", "+41 79 123 45 67", "+41791234567", Kind::mobile},
                                         Case{"CH", "0041 79 123 45 67", "+41791234567", Kind::mobile},
                                         Case{"CH", "+41 (0)79 123 45 67", "+41791234567", Kind::mobile},
                                         Case{"CH", "+41 ( 0 ) 79-123-45-67", "+41791234567", Kind::mobile},
                                         Case{"CH", "0041(0)791234567", "+41791234567", Kind::mobile},
                                         Case{"CH", "+41 079 123 45 67", "+41791234567", Kind::mobile},
                                         Case{"CH", "(079) 123 45 67", "+41791234567", Kind::mobile},
                                         Case{"CH", "(0)79 123 45 67", "+41791234567", Kind::mobile},
                                         Case{"CH", " 079\u00A0123\u202F45\u200967 ", "+41791234567", Kind::mobile},
                                         Case{"CH", "\u202A+41 79 123 45 67\u202C", "+41791234567", Kind::mobile},
                                         Case{"CH", "079\u2013123\u201145\u201067", "+41791234567", Kind::mobile},
                                         Case{"CH", "079'123'45'67", "+41791234567", Kind::mobile},
                                         Case{"CH", "791234567", "+41791234567", Kind::mobile},
                                         Case{"CH", "412101234", "+41412101234", Kind::fixed},
                                         Case{"CH", "41791234567", "+41791234567", Kind::mobile},
                                         Case{"CH", "\uFF0B41 79 123 45 67", "+41791234567", Kind::mobile}));

INSTANTIATE_TEST_SUITE_P(Kinds, Typing,
                         testing::Values(Case{"CH", "041 210 12 34", "+41412101234", Kind::fixed},
                                         Case{"CH", "+41 41 210 12 34", "+41412101234", Kind::fixed},
                                         Case{"CH", "073 123 45 67", "+41731234567", Kind::unknown},
                                         Case{"IT", "06 6982 1234", "+390669821234", Kind::fixed},
                                         Case{"IT", "+39 (0)6 6982 1234", "+390669821234", Kind::fixed},
                                         Case{"IT", "+39 (0)333 123 4567", "+393331234567", Kind::mobile},
                                         Case{"IE", "01 812 3456", "+35318123456", Kind::fixed},
                                         Case{"LI", "781 12 34", "+4237811234", Kind::mobile},
                                         Case{"BR", "(11) 3123-4567", "+551131234567", Kind::fixed},
                                         Case{"US", "(212) 555-0123", "+12125550123", Kind::unknown},
                                         Case{"US", "1-212-555-0123", "+12125550123", Kind::unknown},
                                         Case{"US", "011 41 79 123 45 67", "+41791234567", Kind::mobile},
                                         Case{"AU", "0011 44 7700 900123", "+447700900123", Kind::mobile},
                                         Case{"RU", "8 (916) 123-45-67", "+79161234567", Kind::mobile},
                                         Case{"RU", "+7 701 123 45 67", "+77011234567", Kind::mobile},
                                         Case{"HU", "06 20 123 4567", "+36201234567", Kind::mobile},
                                         Case{"LT", "8 612 34567", "+37061234567", Kind::mobile},
                                         Case{"BY", "8 029 123 45 67", "+375291234567", Kind::mobile},
                                         Case{"BY", "8-017-200-11-22", "+375172001122", Kind::fixed},
                                         Case{"BY", "+375 29 123 45 67", "+375291234567", Kind::mobile},
                                         Case{"AR", "011 15 1234-5678", "+5491112345678", Kind::mobile},
                                         Case{"AR", "11 15 1234 5678", "+5491112345678", Kind::mobile},
                                         Case{"AR", "(0221) 15 412-3456", "+5492214123456", Kind::mobile},
                                         Case{"AR", "03715 15 412345", "+5493715412345", Kind::mobile},
                                         Case{"AR", "+54 11 15 1234 5678", "+5491112345678", Kind::mobile},
                                         Case{"AR", "+54 9 11 1234 5678", "+5491112345678", Kind::mobile},
                                         Case{"AR", "011 4321-1234", "+541143211234", Kind::unknown},
                                         Case{"CH", "+262 692 12 34 56", "+262692123456", Kind::unknown}));

// One mobile number of each country, written as at home and as abroad.
struct Mobile {
  const char* country;
  const char* home;
  const char* e164;
};

class Mobiles : public testing::TestWithParam<Mobile> {};

TEST_P(Mobiles, AreKnownAtHomeAndAbroad) {
  const Mobile& row = GetParam();
  const auto home = parse(row.home, plan(row.country));
  ASSERT_TRUE(home) << row.home << ": " << home.error().sentence;
  EXPECT_EQ(*home, (Number{row.e164, Kind::mobile})) << row.home;
  const auto abroad = parse(row.e164, plan("US"));
  ASSERT_TRUE(abroad) << row.e164;
  EXPECT_EQ(*abroad, *home);
}

INSTANTIATE_TEST_SUITE_P(
    EveryCountry, Mobiles,
    testing::Values(Mobile{"CH", "0781234567", "+41781234567"}, Mobile{"DE", "0151 23456789", "+4915123456789"},
                    Mobile{"DE", "0176 12345678", "+4917612345678"}, Mobile{"DE", "0171 1234567", "+491711234567"},
                    Mobile{"AT", "0664 1234567", "+436641234567"}, Mobile{"AT", "0699 12345678", "+4369912345678"},
                    Mobile{"FR", "06 12 34 56 78", "+33612345678"}, Mobile{"FR", "07 12 34 56 78", "+33712345678"},
                    Mobile{"IT", "333 1234567", "+393331234567"}, Mobile{"IT", "393 1234567", "+393931234567"},
                    Mobile{"GB", "07700 900123", "+447700900123"}, Mobile{"IE", "087 123 4567", "+353871234567"},
                    Mobile{"NL", "06-12345678", "+31612345678"}, Mobile{"BE", "0470 12 34 56", "+32470123456"},
                    Mobile{"LU", "621 123 456", "+352621123456"}, Mobile{"ES", "612 345 678", "+34612345678"},
                    Mobile{"PT", "912 345 678", "+351912345678"}, Mobile{"DK", "20 12 34 56", "+4520123456"},
                    Mobile{"SE", "070-123 45 67", "+46701234567"}, Mobile{"NO", "412 34 567", "+4741234567"},
                    Mobile{"FI", "050 123 4567", "+358501234567"}, Mobile{"IS", "612 3456", "+3546123456"},
                    Mobile{"PL", "512 345 678", "+48512345678"}, Mobile{"CZ", "602 123 456", "+420602123456"},
                    Mobile{"SK", "0905 123 456", "+421905123456"}, Mobile{"HU", "06 30 123 4567", "+36301234567"},
                    Mobile{"SI", "040 123 456", "+38640123456"}, Mobile{"HR", "091 123 4567", "+385911234567"},
                    Mobile{"RO", "0712 345 678", "+40712345678"}, Mobile{"BG", "087 123 4567", "+359871234567"},
                    Mobile{"GR", "691 234 5678", "+306912345678"}, Mobile{"TR", "0532 123 45 67", "+905321234567"},
                    Mobile{"UA", "050 123 4567", "+380501234567"}, Mobile{"AU", "0412 345 678", "+61412345678"},
                    Mobile{"NZ", "021 123 4567", "+64211234567"}, Mobile{"ZA", "082 123 4567", "+27821234567"},
                    Mobile{"IN", "98765 43210", "+919876543210"}, Mobile{"BR", "(11) 91234-5678", "+5511912345678"},
                    Mobile{"CN", "139 1234 5678", "+8613912345678"}, Mobile{"JP", "090-1234-5678", "+819012345678"},
                    Mobile{"SG", "9123 4567", "+6591234567"}, Mobile{"MY", "012-345 6789", "+60123456789"},
                    Mobile{"IL", "050-123-4567", "+972501234567"}, Mobile{"NG", "0803 123 4567", "+2348031234567"}));

struct Refusal {
  const char* country;
  const char* typed;
  const char* code;
  const char* word;
};

class Refusals : public testing::TestWithParam<Refusal> {};

TEST_P(Refusals, SayWhyAndNeverRepeatTheNumber) {
  const Refusal& row = GetParam();
  const auto number = parse(row.typed, plan(row.country));
  ASSERT_FALSE(number) << row.typed << " became " << number->e164;
  EXPECT_EQ(number.error().code, row.code) << row.typed;
  EXPECT_NE(number.error().sentence.find(row.word), std::string::npos) << number.error().sentence;
  EXPECT_EQ(number.error().sentence.find("12345"), std::string::npos) << number.error().sentence;
}

INSTANTIATE_TEST_SUITE_P(Each, Refusals,
                         testing::Values(Refusal{"CH", "", "number-missing", "missing"},
                                         Refusal{"CH", " \u00A0-", "number-missing", "missing"},
                                         Refusal{"CH", "079 123 45 6", "number-invalid", "too few"},
                                         Refusal{"CH", "079 123 45 678", "number-invalid", "too many"},
                                         Refusal{"CH", "117", "number-invalid", "too few"},
                                         Refusal{"CH", "079 123 45 67 ext 3", "number-invalid", "letters"},
                                         Refusal{"CH", "0800 FLOWERS", "number-invalid", "letters"},
                                         Refusal{"CH", "079 123 45 67 \u00FC", "number-invalid", "letters"},
                                         Refusal{"CH", "079 123 45 67, 078 123 45 67", "number-invalid",
                                                 "more than one"},
                                         Refusal{"CH", "079+1234567", "number-invalid", "plus"},
                                         Refusal{"CH", "++41791234567", "number-invalid", "plus"},
                                         Refusal{"CH", "+0791234567", "number-invalid", "country code"},
                                         Refusal{"CH", "+", "number-invalid", "too few"},
                                         Refusal{"CH", "*123#", "number-invalid", "service code"},
                                         Refusal{"CH", "0900 123 456", "number-invalid", "premium"},
                                         Refusal{"CH", "+41 900 123 456", "number-invalid", "premium"},
                                         Refusal{"CH", "0800 123 456", "number-invalid", "service number"},
                                         Refusal{"CH", "1234567", "number-invalid", "too few"},
                                         Refusal{"CH", "+41 00 79 123 45 67", "number-invalid", "a 0 too many"},
                                         Refusal{"DE", "1234567890", "number-invalid", ""},
                                         Refusal{"DE", "30 1234567", "number-invalid", "area code"},
                                         Refusal{"DE", "0170 12345", "number-invalid", "too few"},
                                         Refusal{"CH", "+1234567890123456", "number-invalid", "too many"},
                                         Refusal{"CH", "+999 123", "number-invalid", "too few"},
                                         Refusal{"CH", "079\xFF", "number-invalid", "not readable"},
                                         Refusal{"CH", "079 123 45 67 \u2603", "number-invalid", "sign"},
                                         Refusal{"BE", "047 12 34 56", "number-invalid", "too few"},
                                         Refusal{"GB", "070 1234 5678", "number-invalid", "premium"},
                                         Refusal{"IE", "1800 123 456", "number-invalid", "service"},
                                         Refusal{"US", "900 555 0123", "number-invalid", "premium"}));

TEST(Parse, RandomTextIsNeverTakenForMoreThanFifteenDigits) {
  std::mt19937 random(20250301);
  constexpr std::string_view signs = "0123456789+()-/. 00410";
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string typed;
    for (auto left = random() % 24; left > 0; --left) typed += signs[random() % signs.size()];
    const auto number = parse(typed, plans()[random() % plans().size()]);
    if (!number) continue;
    ++accepted;
    ASSERT_EQ(number->e164.front(), '+');
    ASSERT_LE(number->e164.size(), 16U) << typed;
    ASSERT_GE(number->e164.size(), 6U) << typed;
    ASSERT_NE(number->e164[1], '0') << typed;
  }
  EXPECT_GT(accepted, 100);
}

TEST(Parse, WhatItAnswersItReadsAgainAsTheSame) {
  std::mt19937 random(7);
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string typed;
    for (auto left = 7 + random() % 7; left > 0; --left) typed += static_cast<char>('0' + random() % 10);
    const Plan& home = plans()[random() % plans().size()];
    const auto number = parse(typed, home);
    if (!number) continue;
    ++accepted;
    const auto again = parse(number->e164, home);
    ASSERT_TRUE(again) << number->e164;
    ASSERT_EQ(again->e164, number->e164);
  }
  EXPECT_GT(accepted, 1000);
}

}  // namespace
}  // namespace burstd::number

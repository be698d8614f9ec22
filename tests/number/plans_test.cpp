#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "number/plan.hpp"

namespace burstd::number {
namespace {

bool is_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

TEST(Plans, AreFoundByCountryInEitherCase) {
  ASSERT_NE(find_plan("CH"), nullptr);
  EXPECT_EQ(find_plan("ch"), find_plan("CH"));
  EXPECT_EQ(find_plan("CH")->country_code, "41");
  EXPECT_EQ(find_plan("ZZ"), nullptr);
  EXPECT_EQ(find_plan(""), nullptr);
  EXPECT_EQ(find_plan("CHE"), nullptr);
}

TEST(Plans, ThereAreAtLeastFortyAndEachCountryOnce) {
  std::set<std::string_view> countries;
  for (const Plan& plan : plans()) EXPECT_TRUE(countries.insert(plan.country).second) << plan.country;
  EXPECT_GE(countries.size(), 40U);
}

TEST(Plans, EveryRowIsSoundInItself) {
  for (const Plan& plan : plans()) {
    EXPECT_TRUE(is_digits(plan.country_code) && !plan.country_code.empty()) << plan.country;
    EXPECT_NE(plan.country_code.front(), '0') << plan.country;
    EXPECT_LE(plan.shortest, plan.longest) << plan.country;
    EXPECT_LE(plan.country_code.size() + plan.longest, 15U) << plan.country;
    EXPECT_FALSE(plan.international.empty()) << plan.country;
    for (const auto prefix : plan.trunks) EXPECT_TRUE(is_digits(prefix) && !prefix.empty()) << plan.country;
    for (const auto prefix : plan.international) EXPECT_TRUE(is_digits(prefix) && prefix.size() > 1) << plan.country;
  }
}

TEST(Plans, EveryRangeIsSoundInItself) {
  for (const Plan& plan : plans()) {
    std::set<std::pair<std::string_view, int>> seen;
    for (const Range& range : plan.ranges) {
      EXPECT_TRUE(is_digits(range.prefix) && !range.prefix.empty()) << plan.country << ' ' << range.prefix;
      EXPECT_LE(range.shortest, range.longest) << plan.country << ' ' << range.prefix;
      EXPECT_LT(range.prefix.size(), range.shortest) << plan.country << ' ' << range.prefix;
      EXPECT_TRUE(seen.emplace(range.prefix, range.shortest).second) << plan.country << ' ' << range.prefix;
      const bool reachable = range.use == Use::premium || range.use == Use::service;
      EXPECT_TRUE(reachable || range.longest <= plan.longest) << plan.country << ' ' << range.prefix;
    }
  }
}

bool begins_with_any(std::string_view digits, std::span<const std::string_view> prefixes) {
  return std::ranges::any_of(prefixes, [digits](std::string_view prefix) { return digits.starts_with(prefix); });
}

TEST(Plans, NoNumberBeginsWithAnInternationalPrefix) {
  for (const Plan& plan : plans()) {
    for (const Range& range : plan.ranges) {
      EXPECT_FALSE(begins_with_any(range.prefix, plan.international)) << plan.country << ' ' << range.prefix;
    }
  }
}

TEST(Plans, KindsHaveNames) {
  EXPECT_EQ(name(Kind::mobile), "mobile");
  EXPECT_EQ(name(Kind::fixed), "fixed");
  EXPECT_EQ(name(Kind::unknown), "unknown");
}

}  // namespace
}  // namespace burstd::number

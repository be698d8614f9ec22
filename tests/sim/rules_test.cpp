#include "sim/rules.hpp"

#include <gtest/gtest.h>

#include <set>

#include "sim/agenda.hpp"
#include "sim/command.hpp"
#include "sim/identity.hpp"

namespace burstd::sim {
namespace {

TEST(Rules, APatternIsANumberOrItsEnd) {
  EXPECT_TRUE(fits("+41791234567", "+41791234567"));
  EXPECT_TRUE(fits("*4567", "+41791234567"));
  EXPECT_TRUE(fits("*", "+41791234567"));
  EXPECT_FALSE(fits("4567", "+41791234567"));
  EXPECT_FALSE(fits("*4568", "+41791234567"));
}

TEST(Rules, TheNewestRuleThatFitsWinsAndIsSpent) {
  Rules rules;
  rules.refuse("*", Refusal{38, false});
  rules.refuse("*67", Refusal{41, false}, 1);
  EXPECT_EQ(rules.refusal("+41791234567")->code, 41);
  EXPECT_EQ(rules.refusal("+41791234567")->code, 38);
  rules.clear();
  EXPECT_FALSE(rules.refusal("+41791234567").has_value());
}

TEST(Rules, WithoutARuleAMessageIsDelivered) {
  Rules rules;
  rules.fail("*1", {48, 0});
  EXPECT_EQ(rules.statuses("+411"), (std::vector<int>{48, 0}));
  EXPECT_EQ(rules.statuses("+412"), (std::vector<int>{0}));
  rules.silence("*2");
  EXPECT_TRUE(rules.statuses("+412").empty());
}

TEST(Rules, TheirTextsAreReadOrRefused) {
  EXPECT_EQ(read_counted("38x2")->count, 2);
  EXPECT_EQ(read_counted("0x26")->code, 38);
  EXPECT_FALSE(read_counted("38x").has_value());
  EXPECT_FALSE(read_counted("-1").has_value());
  EXPECT_EQ(*read_statuses("0x30,0"), (std::vector<int>{48, 0}));
  EXPECT_FALSE(read_statuses("48,,0").has_value());
  EXPECT_FALSE(read_statuses("256").has_value());
  EXPECT_EQ(read_assignment("*0007=38")->pattern, "*0007");
  EXPECT_FALSE(read_assignment("*0007").has_value());
}

TEST(Agenda, WhatIsPlannedForOneMomentHappensInOrder) {
  const base::Now start{base::Steady{}, base::from_millis(0)};
  Agenda agenda(start);
  std::string seen;
  int sooner = 0;
  agenda.when_sooner([&] { ++sooner; });
  agenda.after(base::Milliseconds{20}, [&] { seen += 'c'; });
  agenda.after(base::Milliseconds{10}, [&] {
    seen += 'a';
    agenda.after(base::Milliseconds{0}, [&] { seen += 'x'; });
  });
  agenda.after(base::Milliseconds{10}, [&] { seen += 'b'; });
  EXPECT_EQ(sooner, 2);
  agenda.advance(base::Now{start.steady + base::Milliseconds{10}, base::from_millis(10)});
  EXPECT_EQ(seen, "abx");
  agenda.advance(base::Now{start.steady + base::Milliseconds{25}, base::from_millis(25)});
  EXPECT_EQ(seen, "abxc");
  EXPECT_FALSE(agenda.next().has_value());
}

TEST(Identity, NoTwoModemsShareANumber) {
  std::set<std::string> seen;
  for (int number = 1; number <= 256; ++number) {
    const auto identity = make_identity(3, number);
    EXPECT_EQ(identity.imei.size(), 15U);
    EXPECT_EQ(identity.imsi.size(), 15U);
    EXPECT_EQ(identity.iccid.size(), 19U);
    seen.insert({identity.imei, identity.imsi, identity.iccid, identity.name});
  }
  EXPECT_EQ(seen.size(), 4U * 256U);
  EXPECT_EQ(make_identity(3, 9).imei, make_identity(3, 9).imei);
}

TEST(Command, ArgumentsLoseTheirQuotationMarks) {
  EXPECT_EQ(split("\"SM\",,2"), (std::vector<std::string_view>{"SM", "", "2"}));
  EXPECT_EQ(*numbers("2,,0"), (std::vector<int>{2, -1, 0}));
  EXPECT_FALSE(numbers("2,x").has_value());
  EXPECT_EQ(find_command("\x01garbageat+csq"), 8U);
  EXPECT_EQ(find_command("0011223344"), std::string_view::npos);
}

}  // namespace
}  // namespace burstd::sim

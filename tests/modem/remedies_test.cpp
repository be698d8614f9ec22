// What a modem needs after its refusals.
#include "modem/remedies.hpp"

#include <gtest/gtest.h>

namespace burstd::modem {
namespace {

using at::Remedy;

Verdict refusal(int code, const char* kind = "CMS") {
  return Refused{std::string("+") + kind + " ERROR: " + std::to_string(code), base::Blame::transient, "Refused.",
                 false};
}

// After how many in a row it is asked for; 0: not within ten.
struct Due {
  Remedy remedy = Remedy::none;
  int after = 0;
};
Due due(int code, const char* kind = "CMS") {
  Remedies remedies;
  for (int times = 1; times <= 10; ++times) {
    const Remedy remedy = remedies.after(refusal(code, kind), {});
    if (remedy != Remedy::none) return {remedy, times};
  }
  return {};
}

void expect(int code, Remedy remedy, int after) {
  EXPECT_EQ(due(code).remedy, remedy) << code;
  EXPECT_EQ(due(code).after, after) << code;
}

TEST(Remedies, AreThoseOfTheTables) {
  for (const int code : {208, 211, 322}) expect(code, Remedy::drain, 1);
  for (const int code : {28, 331}) expect(code, Remedy::look, 1);
  for (const int code : {81, 111, 302, 320}) expect(code, Remedy::set_up, 1);
  expect(210, Remedy::set_up, 2);
  expect(500, Remedy::set_up, 5);
  expect(300, Remedy::restart, 2);
  for (const int code : {0, 1, 8, 42, 69, 304, 332}) expect(code, Remedy::none, 0);
  EXPECT_EQ(due(20, "CME").remedy, Remedy::drain);
}

TEST(Remedies, BeginToCountAnewWithEveryOtherVerdict) {
  Remedies remedies;
  for (const Verdict& other : {Verdict(Accepted{1}), refusal(41), Verdict(Unknown{"no verdict"})}) {
    EXPECT_EQ(remedies.after(refusal(300), {}), Remedy::none);
    EXPECT_EQ(remedies.after(other, {}), Remedy::none);
  }
  EXPECT_EQ(remedies.after(refusal(300), {}), Remedy::none);
  EXPECT_EQ(remedies.after(refusal(300), {}), Remedy::restart);
  EXPECT_EQ(remedies.after(refusal(300), {}), Remedy::none) << "it was restarted";
}

TEST(Remedies, AreNoneWhereTheDriverGivesTheCodeAnotherMeaning) {
  Code own;
  own.code = 111;
  Remedies remedies;
  EXPECT_EQ(remedies.after(refusal(111), {own}), Remedy::none);
  EXPECT_EQ(remedies.after(refusal(81), {own}), Remedy::set_up);
}

TEST(Remedies, OfNoRefusalAreNone) {
  Remedies remedies;
  EXPECT_EQ(remedies.after(NotSent{"no prompt"}, {}), Remedy::none);
  EXPECT_EQ(remedies.after(Refused{"ERROR", base::Blame::unknown, "Refused.", false}, {}), Remedy::none);
}

}  // namespace
}  // namespace burstd::modem

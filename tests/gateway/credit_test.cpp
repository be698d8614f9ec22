// What operators answer to the code for the credit, in the forms modems give it, and the amount in it.
#include "gateway/credit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace burstd::gateway {
namespace {

struct Told {
  const char* given;
  std::optional<int> coding;
  const char* text;
};

TEST(ServiceText, IsWhatTheOperatorSaidInWhateverFormTheModemGivesIt) {
  const std::vector<Told> cases{
      {"Credit: 12.50 EUR", 15, "Credit: 12.50 EUR"},
      {"Credit: 12.50 EUR", std::nullopt, "Credit: 12.50 EUR"},
      {"", 15, ""},
      {"12.50", 15, "12.50"},
      {"004300720065006400690074003A00200031002C0035", 72, "Credit: 1,5"},
      {"00310032002E00350030", 0x48, "12.50"},
      {"0031003220AC", 0x4A, "12€"},
      {"00310032002E00350030", 0x11, "12.50"},
      {"4379999CA6EB403199AB060315AB52", 15, "Credit: 12.50 EUR"},
      {"E8329BFD4697D9EC37", std::nullopt, "hellohello"},
      {"20051234", 15, "20051234"},
      {"12345678901234", std::nullopt, "12345678901234"},
      {"DEAD", 15, "DEAD"},
      {"E8329BFD4697D9EC3", 15, "E8329BFD4697D9EC3"},
      {"Credit: 12 €", 72, "Credit: 12 €"},
  };
  for (const Told& each : cases) EXPECT_EQ(service_text(each.given, each.coding), each.text) << each.given;
}

TEST(ServiceText, OfPackedSeptetsEndsWithoutTheFillerOfSevenSpareBits) {
  EXPECT_EQ(service_text("31D98C56B3DD1A", 15), "1234567");
  EXPECT_EQ(service_text("31D98C56B3DD00", 15), "1234567");
  EXPECT_EQ(service_text("31D98C56B3DD70", 15), "12345678");
}

TEST(ServiceText, OfUcs2NeverHoldsHalfACharacter) {
  EXPECT_EQ(service_text("D83D0031DE0000", 72), "1");
  EXPECT_EQ(service_text("0031003200", 72), "12");
}

struct Amount {
  const char* text;
  const char* pattern;
  std::optional<double> amount;
};

TEST(AmountIn, ReadsPointsCommasAndThousands) {
  const char* any = "([-0-9.,']+)";
  const std::vector<Amount> cases{
      {"Credit: 12.50 EUR", any, 12.5},
      {"Credit: 12,50 EUR", any, 12.5},
      {"Credit: 1'234.50", any, 1234.5},
      {"Credit: 1.234,50", any, 1234.5},
      {"Credit: 1,234.5", any, 1234.5},
      {"Credit: 1,234", any, 1234},
      {"Credit: 12.345.678", any, 12345678},
      {"Credit: 7", any, 7},
      {"Credit: 0,00", any, 0},
      {"Credit: -3,20", any, -3.2},
      {"Your credit is 12.50.", any, 12.5},
      {"Your credit is 12,50, valid till May", any, 12.5},
      {"Your credit is 12.", any, 12},
      {"You owe CHF 5.-, please pay", "([0-9.]+)", 5},
      {"1 234,50 DH", "([0-9 ]+,[0-9]{2})", 1234.5},
      {"Bonus 3.00 Credit 12.50", "Credit ([0-9.]+)", 12.5},
  };
  for (const Amount& each : cases) EXPECT_EQ(amount_in(each.text, each.pattern), each.amount) << each.text;
}

TEST(AmountIn, IsNothingWhereThePatternDoesNotFit) {
  const std::vector<Amount> cases{
      {"Service not available", "([0-9]+[.,][0-9]{2})", std::nullopt},
      {"", "([0-9]+)", std::nullopt},
      {"Credit: 12.50", "[0-9.]+", std::nullopt},
      {"Credit: 12.50", "([0-9", std::nullopt},
      {"Credit: none", "Credit: (.*)", std::nullopt},
      {"Credit: ...", "([.]+)", std::nullopt},
      {"Credit: ", "Credit: (.*)", std::nullopt},
      {"Credit: -", "(-)", std::nullopt},
      {"Credit: 12.50", "(x)?12", std::nullopt},
  };
  for (const Amount& each : cases) EXPECT_EQ(amount_in(each.text, each.pattern), each.amount) << each.pattern;
}

TEST(SegmentsFor, AreWholeOnesAndNeverNegative) {
  modem::Balance balance;
  modem::Credit credit;
  EXPECT_EQ(segments_for(credit, balance), std::nullopt);
  credit.amount = 12.5;
  EXPECT_EQ(segments_for(credit, balance), std::nullopt) << "no price";
  balance.price = 0.2;
  EXPECT_EQ(segments_for(credit, balance), 62);
  credit.amount = 0.19;
  EXPECT_EQ(segments_for(credit, balance), 0);
  credit.amount = -3;
  EXPECT_EQ(segments_for(credit, balance), 0);
  balance.price = -1;
  EXPECT_EQ(segments_for(credit, balance), std::nullopt);
}

}  // namespace
}  // namespace burstd::gateway

#include "base/mask.hpp"

#include <gtest/gtest.h>

namespace burstd::base {
namespace {

std::string in_a_log(std::string_view text) { return without_numbers(text, {.shortest = 8, .only_after_plus = true}); }

std::string in_a_bundle(std::string_view text) { return without_numbers(text, {.shortest = 7}); }

TEST(Mask, ANumberIsKeptBackHoweverItIsWritten) {
  for (const char* number :
       {"+41791234567", "+41 79 123 45 67", "+41 79 123-45-67", "+41 (0)79 123 45 67", "+41 (0) 79 / 123 45 67",
        "+41\u00A079\u00A0123\u00A045\u00A067", "0041 79 123 45 67", "0791234567", "079 123 45 67", "079/123 45 67",
        "079-123-45-67", "1791234567", "000000000000000000567"}) {
    EXPECT_EQ(in_a_bundle(number), "…567") << number;
    EXPECT_EQ(in_a_bundle("to " + std::string(number) + ", again"), "to …567, again") << number;
  }
  EXPECT_EQ(in_a_bundle("(079) 123 45 67"), "(…567");
}

TEST(Mask, ALogHasThoseWithAPlusAloneKeptBack) {
  for (const char* number : {"+41791234567", "+41 79 123 45 67", "+41-79-123-45-67", "+41 (0)79 123 45 67"}) {
    EXPECT_EQ(in_a_log(number), "…567") << number;
    EXPECT_EQ(in_a_log("modem a: \"" + std::string(number) + "\" was refused"), "modem a: \"…567\" was refused");
  }
  EXPECT_EQ(in_a_log("+41791234567+41791234568"), "…567…568");
  EXPECT_EQ(in_a_log("+1 212 555 0123 and 0041791234567"), "…123 and 0041791234567");
}

TEST(Mask, WhatALogMustShowStaysAsItIs) {
  for (const char* line : {"2026-11-28T14:42:11.250Z", "2026-11-28T14:42:11+01:00", "2026-11-28T14:42:11+0000",
                           "the record at the end: epoch 7K3M9Q, change 1234567890, seal "
                           "0123456789012345678901234567890123456789012345678901234567890123",
                           "port /dev/ttyUSB0: > AT+CMGS=140", "port /dev/ttyUSB0: < +CMGS: 17", "+CME ERROR: 515",
                           "+CCLK: 26/11/28,14:42", "The disk is full (12345678 MiB free)", "burstd 1.20.3", "+", "",
                           "+4179123", "1+1234567"}) {
    EXPECT_EQ(in_a_log(line), line);
  }
}

TEST(Mask, TimesVersionsAndSmallFiguresStayInABundle) {
  for (const char* text :
       {"2026-11-28T14:42:11.250Z", "2026-11-28 14:42:11", "2026-11-28T14:42:11+01:00", "\"00/01/01,00:00:20+00\"",
        "01/02/2026", "mon 08:00-12:00 13:00-17:00", "0.123 0.456 0.789 1/234 5678", "6.1.0-18 10.2.7-1",
        "ttyUSB0 123 456 789", "12d1:1506 interface 00", "from 123456 of 100000", "0 12 34 56", "04/01/01 10"}) {
    EXPECT_EQ(in_a_bundle(text), text);
  }
}

TEST(Mask, ANumberWrittenTogetherEndsThere) {
  EXPECT_EQ(in_a_log("+41791234567 12 times"), "…567 12 times");
  EXPECT_EQ(in_a_bundle("+41 791234567 2026-11-28"), "…567 2026-11-28");
  EXPECT_EQ(in_a_bundle("+41 79 123 45 67 202611 28"), "…567 202611 28") << "no number is longer than sixteen digits";
}

TEST(Mask, ThresholdAndWhatIsShownAreTheCallers) {
  EXPECT_EQ(without_numbers("1234 and 12345", {.shortest = 5}), "1234 and …345");
  EXPECT_EQ(without_numbers("pin 4711 or 12345678", {.shortest = 4, .shown = 0}), "pin … or …");
  EXPECT_EQ(without_numbers("12 and 1", {.shortest = 1}), "… and …");
}

TEST(Mask, OfANumberThatIsOneTheLastDigitsAreShown) {
  EXPECT_EQ(last_digits("+41791234567"), "…567");
  EXPECT_EQ(last_digits("567"), "…");
  EXPECT_EQ(last_digits(""), "");
}

}  // namespace
}  // namespace burstd::base

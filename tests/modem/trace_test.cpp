#include "modem/trace.hpp"

#include <gtest/gtest.h>

namespace burstd::modem {
namespace {

TEST(Trace, masks_pdus_numbers_pins_and_an_operators_words) {
  EXPECT_EQ(masked("07911326040000F0040B911346610089F6"), "<17 octets>");
  EXPECT_EQ(masked("+CLIP: \"+41791234567\",145"), "+CLIP: \"…567\",145");
  EXPECT_EQ(masked("+CLIP: \"+41 79 123 45 67\",145"), "+CLIP: \"…567\",145");
  EXPECT_EQ(masked("+CIMI: 228011234567890"), "+CIMI: …890");
  EXPECT_EQ(masked("AT+CPIN=\"4711\""), "AT+CPIN=***");
  EXPECT_EQ(masked("+CUSD: 0,\"Your credit is 12.00 CHF\",15"), "+CUSD: 0,\"…\",15");
  EXPECT_EQ(masked("012345678901234567890123"), "<12 octets>");
}

TEST(Trace, leaves_what_a_helper_needs) {
  for (const char* line : {"AT+CMGS=140", "+CMGS: 17", "+CMS ERROR: 515", "+CREG: 2,1,\"00C3\",\"0A1B\",7",
                           "+CSQ: 17,99", "+CCLK: \"26/11/28,14:42:11+04\"", "+CCLK: \"04/01/01,00:00:22+00\"",
                           "+CPMS: 0,20,0,20,0,20", "AT+CNMI=2,1,0,2,0", "+COPS: 0,2,\"22801\",7"}) {
    EXPECT_EQ(masked(line), line);
  }
}

}  // namespace
}  // namespace burstd::modem

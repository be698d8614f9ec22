// The section "modems": how one is named, and "all".
#include <gmock/gmock.h>

#include "folder.hpp"

namespace burstd::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> told(const std::string& modem) { return Folder().complaints("modems: [" + modem + "]\n"); }

TEST(Modems, WhatIsWrittenArrives) {
  const auto loaded = Folder().load(R"y(modems:
  - {name: a, imei: 490154203237518, sim: 89410123456789012341, usb: 12D1:1001:ABC, usb_reset: yes}
  - {name: b, usb: 1-1.4, port: /dev/ttyUSB2, balance: {code: "*100#", pattern: "CHF ([0-9.]+)", price: 0.09, every: 6 h}}
finding: {unknown_adapters: true, sysfs: /tmp/sys, devices: /tmp/dev, usb_requests: /tmp/asked}
)y");
  ASSERT_THAT(Folder::short_form(loaded.complaints), IsEmpty());
  const auto& modems = loaded.config.modems;
  ASSERT_EQ(modems.size(), 2U);
  EXPECT_EQ(modems[0].imei, "490154203237518");
  EXPECT_EQ(modems[0].sim, "89410123456789012341");
  EXPECT_EQ(modems[0].usb, "12d1:1001:ABC") << "the product as the kernel writes it, the serial number as it is";
  EXPECT_TRUE(modems[0].usb_reset);
  EXPECT_EQ(modems[0].balance.code, "");
  EXPECT_EQ(modems[1].usb, "1-1.4");
  EXPECT_EQ(modems[1].balance.pattern, "CHF ([0-9.]+)");
  EXPECT_DOUBLE_EQ(modems[1].balance.price, 0.09);
  EXPECT_EQ(modems[1].balance.every, std::chrono::minutes{360});
  EXPECT_FALSE(loaded.config.finding.all);
  EXPECT_TRUE(loaded.config.finding.unknown_adapters);
  EXPECT_EQ(loaded.config.finding.sysfs, "/tmp/sys");
  EXPECT_EQ(loaded.config.finding.devices, "/tmp/dev");
  EXPECT_EQ(loaded.config.finding.usb_requests, "/tmp/asked");
}

TEST(Modems, AllMayStandForTheListOrInIt) {
  const auto alone = Folder().load("modems: all\n");
  EXPECT_THAT(Folder::short_form(alone.complaints), IsEmpty());
  EXPECT_TRUE(alone.config.finding.all);
  EXPECT_THAT(alone.config.modems, IsEmpty());
  const auto among = Folder().load("modems:\n  - all\n  - {name: a, sim: 228011234567890}\n");
  EXPECT_THAT(Folder::short_form(among.complaints), IsEmpty());
  EXPECT_TRUE(among.config.finding.all);
  ASSERT_EQ(among.config.modems.size(), 1U);
  EXPECT_FALSE(Folder().load("modems: []\n").config.finding.all);
  EXPECT_FALSE(Folder().load("").config.finding.all);
}

TEST(Modems, AnotherWordIsNotAll) {
  EXPECT_THAT(Folder().complaints("modems: al\n"), ElementsAre("1:9: modems: must be a list, or \"all\"."));
  EXPECT_THAT(told("any"), ElementsAre("1:10: modems: must be a group of keys such as \"name: value\"."));
}

TEST(Modems, PlacesAreRightBehindAll) {
  EXPECT_THAT(Folder().complaints("modems:\n  - all\n  - {name: a, port: /dev/a, driver: none-such}\n"),
              ElementsAre("3:37: driver: there is no driver \"none-such\"."));
  EXPECT_THAT(Folder().complaints("modems:\n  - {name: a, port: /dev/a}\n  - all\n  - {name: b, port: /dev/a}\n"),
              ElementsAre("4:21: port: \"/dev/a\" is already the port of \"a\"."));
}

TEST(Modems, ANumberOfTheWrongLengthIsTold) {
  for (const char* sound :
       {"imei: 49015420323751", "imei: 490154203237518", "imei: 4901542032375189", "sim: 22801123456789",
        "sim: 228011234567890", "sim: 894101234567890123", "sim: 8941012345678901234567"}) {
    EXPECT_THAT(told("{name: a, " + std::string(sound) + "}"), IsEmpty()) << sound;
  }
  EXPECT_THAT(told("{name: a, imei: 4901542032375}"),
              ElementsAre("1:26: imei: must be the 14 to 16 digits of an IMEI (printed on the modem), not "
                          "\"4901542032375\"."));
  EXPECT_THAT(told("{name: a, port: /a, imei: 49-015420-323751-8}"), ElementsAre(HasSubstr("14 to 16 digits")));
  for (const char* wrong :
       {"2280112345678", "2280112345678901", "89410123456789012", "89410123456789012345678", "8941F"}) {
    EXPECT_THAT(told("{name: a, port: /a, sim: " + std::string(wrong) + "}"),
                ElementsAre(HasSubstr("printed on the SIM")))
        << wrong;
  }
}

TEST(Modems, TheNumberOfItsSimHasItsCountrysCode) {
  const auto loaded = Folder().load("modems: [{name: a, port: /a, number: \"+41791234567\"}]\n");
  ASSERT_THAT(Folder::short_form(loaded.complaints), IsEmpty());
  EXPECT_EQ(loaded.config.modems.at(0).number, "+41791234567");
  for (const char* wrong : {"0761112233", "41761112233", "+076111223", "+41 76 111 22 33", "+4976", "front"}) {
    const auto complaints = told("{name: a, port: /a, number: \"" + std::string(wrong) + "\"}");
    EXPECT_THAT(complaints, ElementsAre(HasSubstr("must be a phone number with its country's code"))) << wrong;
    EXPECT_THAT(complaints, ElementsAre(testing::Not(HasSubstr(wrong)))) << "no number stands in a log";
  }
}

TEST(Modems, AUsbDeviceHasOneOfThreeForms) {
  for (const char* sound : {"12d1:1001", "12d1:1001:0123ABC", "1-1", "1-1.4", "2-1.4.10"}) {
    EXPECT_THAT(told("{name: a, usb: \"" + std::string(sound) + "\"}"), IsEmpty()) << sound;
  }
  for (const char* wrong : {"12d1", "12d1:10011", "12d1:1001:", "1-", "1-1.", "usb1", "1-1:1.0", "/dev/ttyUSB0"}) {
    EXPECT_THAT(told("{name: a, port: /a, usb: \"" + std::string(wrong) + "\"}"),
                ElementsAre(HasSubstr("or a socket such as")))
        << wrong;
  }
}

TEST(Modems, WhatIsOneModemsCannotBeAnothersToo) {
  EXPECT_THAT(Folder().complaints(R"(modems:
  - {name: a, imei: 490154203237518, sim: 228011234567890, usb: 1-1.4}
  - {name: b, imei: 490154203237511}
  - {name: c, sim: 228011234567890}
  - {name: d, usb: 1-1.4}
)"),
              ElementsAre("3:21: imei: \"490154203237511\" is already the imei of \"a\".",
                          "4:20: sim: \"228011234567890\" is already the sim of \"a\".",
                          "5:20: usb: \"1-1.4\" is already the usb of \"a\"."))
      << "the first 14 digits of an IMEI count";
}

TEST(Modems, TwoOfOneProductMustBeToldApart) {
  EXPECT_THAT(told("{name: a, usb: 12d1:1001}, {name: b, usb: 12d1:1001}"),
              ElementsAre("1:52: usb: \"12d1:1001\" is already the usb of \"a\"."));
  EXPECT_THAT(told("{name: a, usb: 12d1:1001, sim: 228011234567890}, {name: b, usb: 12d1:1001, sim: 228011234567891}"),
              IsEmpty());
  EXPECT_THAT(told("{name: a, usb: 12d1:1001:A}, {name: b, usb: 12d1:1001:B}"), IsEmpty());
  EXPECT_THAT(told("{name: a, usb: 12d1:1001:A}, {name: b, usb: 12d1:1001:A}"),
              ElementsAre(HasSubstr("already the usb")));
}

TEST(Modems, ASerialPortOfTheMachineIsNotOnUsb) {
  EXPECT_THAT(told("{name: a, port: /dev/ttyUSB0, usb: 1-1.4, usb_reset: yes}"), IsEmpty());
  EXPECT_THAT(told("{name: a, port: /dev/ttyS0, usb: 1-1.4}"),
              ElementsAre("1:43: modems: \"/dev/ttyS0\" is no USB port, so usb and usb_reset have no meaning with it; "
                          "remove one."));
  EXPECT_THAT(told("{name: a, port: /dev/ttyAMA0, usb_reset: yes}"), ElementsAre(HasSubstr("is no USB port")));
}

TEST(Modems, ABalanceCanBeAskedForAndRead) {
  const auto balance = [](const std::string& inside) { return told("{name: a, port: /a, balance: {" + inside + "}}"); };
  EXPECT_THAT(told("{name: a, port: /a, balance: }"), IsEmpty());
  EXPECT_THAT(balance("code: '#123*1#', pattern: '([0-9]+)'"), IsEmpty());
  EXPECT_THAT(balance("price: 1"),
              ElementsAre("1:39: balance: \"code\" is missing.", "1:39: balance: \"pattern\" is missing."));
  EXPECT_THAT(balance("code: 100, pattern: '(a)'"), ElementsAre(HasSubstr("code: must be a code such as \"*100#\"")));
  EXPECT_THAT(balance("code: '*1;#', pattern: '(a)'"), ElementsAre(HasSubstr("must be a code such as")));
  EXPECT_THAT(balance("code: '*1#', pattern: '(['"),
              ElementsAre("1:62: pattern: is no regular expression (ECMAScript): \"([\"."));
  EXPECT_THAT(balance("code: '*1#', pattern: '[0-9]+'"), ElementsAre(HasSubstr("pattern: has no group")));
  EXPECT_THAT(balance("code: '*1#', pattern: '(?:a)'"), ElementsAre(HasSubstr("pattern: has no group")));
  EXPECT_THAT(balance("code: '*1#', pattern: '(a)', price: 9 Rp"), ElementsAre(HasSubstr("price: must be an amount")));
  EXPECT_THAT(balance("code: '*1#', pattern: '(a)', price: -1"), ElementsAre(HasSubstr("price: must be an amount")));
}

}  // namespace
}  // namespace burstd::config

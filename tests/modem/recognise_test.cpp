// What the drivers' lists decide before and after a modem's first word. The preference of models over makers is in
// words_test.cpp.
#include "modem/recognise.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace burstd::modem {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Driver maker(const std::string& name, std::vector<UsbPorts> usb) {
  Driver driver;
  driver.name = name;
  driver.usb = std::move(usb);
  driver.manufacturers = {name};
  return driver;
}

Identity said(const std::string& manufacturer, const std::string& model = {}) {
  Identity identity;
  identity.manufacturer = manufacturer;
  identity.model = model;
  return identity;
}

const std::vector<Driver>& makers() {
  static const std::vector<Driver> all{maker("acme", {{"0aaa", {"ff/02/02"}}, {"0aaa:0001", {"03"}}}),
                                       maker("bolt", {{"0bbb:0002", {}}, {"0aaa:0009", {"01"}}}), maker("generic", {})};
  return all;
}

std::string name_of(const Driver* driver) { return driver == nullptr ? "none" : driver->name; }

TEST(ByUsb, TheProductWinsOverTheVendorInWhateverDriverItStands) {
  EXPECT_EQ(name_of(by_usb(makers(), "0aaa:0001")), "acme");
  EXPECT_EQ(name_of(by_usb(makers(), "0aaa:0007")), "acme") << "by its vendor";
  EXPECT_EQ(name_of(by_usb(makers(), "0aaa:0009")), "bolt") << "although acme lists the vendor and comes first";
  EXPECT_EQ(name_of(by_usb(makers(), "0BBB:0002")), "bolt") << "letters of any size";
  EXPECT_EQ(name_of(by_usb(makers(), "0bbb:0003")), "none") << "a vendor that no driver lists as a whole";
  EXPECT_EQ(name_of(by_usb(makers(), "")), "none");
}

TEST(PortsOf, AProductHasItsOwnPortsElseThoseOfItsVendor) {
  EXPECT_THAT(ports_of(makers()[0], "0aaa:0001")->ports, ElementsAre("03"));
  EXPECT_THAT(ports_of(makers()[0], "0aaa:1234")->ports, ElementsAre("ff/02/02"));
  EXPECT_EQ(ports_of(makers()[0], "0bbb:0002"), nullptr);
}

TEST(Recognise, AnswersDecideAndUsbOnlyWhereTheyNameNobodyKnown) {
  EXPECT_EQ(recognise(makers(), "", said("ACME Inc."), "0bbb:0002").name, "acme");
  EXPECT_EQ(recognise(makers(), "", said("CHIPSET INCORPORATED"), "0bbb:0002").name, "bolt")
      << "the maker of the chip is not the maker of the modem";
  EXPECT_EQ(recognise(makers(), "", said(""), "0aaa:7777").name, "acme");
  EXPECT_EQ(recognise(makers(), "", said("CHIPSET INCORPORATED"), "0ccc:0001").name, "generic");
  EXPECT_EQ(recognise(makers(), "", said("CHIPSET INCORPORATED")).name, "generic");
  EXPECT_EQ(recognise(makers(), "acme", said("bolt"), "0bbb:0002").name, "acme") << "what a person named";
}

TEST(Recognise, AMakerWhoseDriversAllNameModelsFallsBackToUsb) {
  auto drivers = makers();
  drivers[0].models = {"X1"};
  EXPECT_EQ(recognise(drivers, "", said("acme", "Y9"), "0aaa:0001").name, "acme");
  EXPECT_EQ(recognise(drivers, "", said("acme", "Y9")).name, "generic");
}

const std::vector<UsbInterface> stick{{"04", "08/06/50"}, {"02", "ff/02/03"}, {"00", "ff/02/01"}, {"01", "FF/02/02"}};

TEST(PortOrder, WhatTheDriverListsComesFirstAndTheRestByNumber) {
  EXPECT_THAT(port_order({"x", {"ff/02/02", "ff/02/01"}}, stick), ElementsAre(3, 2, 1, 0));
  EXPECT_THAT(port_order({"x", {"02"}}, stick), ElementsAre(1, 2, 3, 0));
  EXPECT_THAT(port_order({"x", {"02", "ff/02/03", "02"}}, stick), ElementsAre(1, 2, 3, 0)) << "each once";
}

TEST(PortOrder, IsByNumberWhereTheDriverListsNoneOrNoneThatIsThere) {
  EXPECT_THAT(port_order({"x", {}}, stick), ElementsAre(2, 3, 1, 0));
  EXPECT_THAT(port_order({"x", {"07", "ff/ff/ff"}}, stick), ElementsAre(2, 3, 1, 0));
  EXPECT_THAT(port_order({"x", {"02"}}, {}), IsEmpty());
}

TEST(PortOrder, SeveralPortsOfOneFunctionKeepTheOrderOfTheirNumbers) {
  const std::vector<UsbInterface> same{{"02", "02/02/01"}, {"00", "02/02/01"}, {"01", "ff/ff/ff"}};
  EXPECT_THAT(port_order({"x", {"02/02/01"}}, same), ElementsAre(1, 0, 2));
}

TEST(OtherForm, IsToldForExactlyTheProductsListed) {
  auto drivers = makers();
  drivers[1].other_forms = {{{"0bbb:000f", "0bbb:0010"}, "A CD-ROM."}};
  EXPECT_EQ(other_form(drivers, "0bbb:0010"), "A CD-ROM.");
  EXPECT_EQ(other_form(drivers, "0BBB:000F"), "A CD-ROM.");
  EXPECT_EQ(other_form(drivers, "0bbb:0002"), std::nullopt);
  EXPECT_EQ(other_form(drivers, "0bbb"), std::nullopt);
}

}  // namespace
}  // namespace burstd::modem

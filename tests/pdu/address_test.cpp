// Addresses as they stand in a PDU: every type of number, odd and even digits, names, and the service centre's own
// count.
#include "pdu/address.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "pdu/address_fields.hpp"

namespace burstd::pdu {
namespace {

struct Row {
  const char* hex;
  TypeOfNumber type;
  std::uint8_t plan;
  const char* value;
};

class Addresses : public testing::TestWithParam<Row> {};

TEST_P(Addresses, AreReadAndWrittenAgain) {
  const Row& row = GetParam();
  const auto octets = base::from_hex(row.hex).value();
  Reader reader(octets);
  const Address address = read_address(reader, "TP-DA");
  ASSERT_FALSE(reader.failed());
  EXPECT_EQ(reader.left(), 0U);
  EXPECT_EQ(address, (Address{row.type, row.plan, row.value}));
  Writer writer;
  ASSERT_TRUE(write_address(writer, address, "TP-DA"));
  EXPECT_EQ(writer.finish().hex, row.hex);
}

INSTANTIATE_TEST_SUITE_P(
    Types, Addresses,
    testing::Values(
        Row{"0B911497214365F7", TypeOfNumber::international, 1, "41791234567"},
        Row{"0C91093512325476", TypeOfNumber::international, 1, "905321234567"},
        Row{"0AA19721436587", TypeOfNumber::national, 1, "7912345678"},
        Row{"04812143", TypeOfNumber::unknown, 1, "1234"}, Row{"038121F3", TypeOfNumber::unknown, 1, "123"},
        Row{"05B12143F5", TypeOfNumber::network_specific, 1, "12345"}, Row{"02C121", TypeOfNumber::subscriber, 1, "12"},
        Row{"01E1F1", TypeOfNumber::abbreviated, 1, "1"}, Row{"02F121", TypeOfNumber::reserved, 1, "12"},
        Row{"04982143", TypeOfNumber::international, 8, "1234"}, Row{"0180F0", TypeOfNumber::unknown, 0, "0"},
        Row{"02FF99", TypeOfNumber::reserved, 15, "99"}, Row{"0581BADCFE", TypeOfNumber::unknown, 1, "*#abc"},
        Row{"14A110325476981032547698", TypeOfNumber::national, 1, "01234567890123456789"},
        Row{"07D061F1980C", TypeOfNumber::alphanumeric, 0, "abcd"}, Row{"02D041", TypeOfNumber::alphanumeric, 0, "A"},
        Row{"0DD05079189F9EDF00", TypeOfNumber::alphanumeric, 0, "Praxis7"},
        Row{"0ED05079189F9E8370", TypeOfNumber::alphanumeric, 0, "Praxis 8"},
        Row{"14D041E19058341E9149E512", TypeOfNumber::alphanumeric, 0, "ABCDEFGHIJK"},
        Row{"07D035D0A60C", TypeOfNumber::alphanumeric, 0, "5 €"},
        Row{"07D0533F1900", TypeOfNumber::alphanumeric, 0, "Süd@"}));

TEST(ServiceCentre, IsCountedInOctetsAndItsTypeKept) {
  for (const Row& row : std::vector<Row>{{"07911497949900F0", TypeOfNumber::international, 1, "41794999000"},
                                         {"038121F3", TypeOfNumber::unknown, 1, "123"},
                                         {"04A1214365", TypeOfNumber::national, 1, "123456"}}) {
    const auto octets = base::from_hex(row.hex).value();
    Reader reader(octets);
    const auto address = read_service_centre(reader);
    EXPECT_EQ(address, (Address{row.type, row.plan, row.value})) << row.hex;
    Writer writer;
    ASSERT_TRUE(write_service_centre(writer, address));
    EXPECT_EQ(writer.finish().hex, row.hex);
  }
  const auto none = base::from_hex("00").value();
  Reader reader(none);
  EXPECT_FALSE(read_service_centre(reader));
  EXPECT_FALSE(reader.failed());
}

}  // namespace
}  // namespace burstd::pdu

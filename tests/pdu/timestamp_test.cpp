#include "pdu/timestamp.hpp"

#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "pdu/semi_octets.hpp"

namespace burstd::pdu {
namespace {

TimestampOctets octets(std::string_view hex) {
  const auto read = base::from_hex(hex).value();
  TimestampOctets seven{};
  std::copy(read.begin(), read.end(), seven.begin());
  return seven;
}

struct Case {
  const char* hex;
  const char* local;
  const char* utc;
};

class Timestamps : public testing::TestWithParam<Case> {};

TEST_P(Timestamps, AreReadWithTheirOwnOffsetAndWrittenBack) {
  const Case& row = GetParam();
  const Timestamp timestamp = read_timestamp(octets(row.hex));
  EXPECT_EQ(to_rfc3339(timestamp).value(), row.local);
  ASSERT_TRUE(to_time(timestamp));
  EXPECT_EQ(base::to_rfc3339(*to_time(timestamp)), row.utc);
  EXPECT_EQ(write_timestamp(timestamp), octets(row.hex));
  EXPECT_EQ(timestamp_at(*to_time(timestamp), timestamp.offset_minutes), timestamp);
}

INSTANTIATE_TEST_SUITE_P(
    Offsets, Timestamps,
    testing::Values(Case{"99309251619580", "1999-03-29T15:16:59+02:00", "1999-03-29T13:16:59.000Z"},
                    Case{"62301080030040", "2026-03-01T08:30:00+01:00", "2026-03-01T07:30:00.000Z"},
                    Case{"62301080030000", "2026-03-01T08:30:00+00:00", "2026-03-01T08:30:00.000Z"},
                    Case{"62301080030022", "2026-03-01T08:30:00+05:30", "2026-03-01T03:00:00.000Z"},
                    Case{"62301080030032", "2026-03-01T08:30:00+05:45", "2026-03-01T02:45:00.000Z"},
                    Case{"6230108003000A", "2026-03-01T08:30:00-05:00", "2026-03-01T13:30:00.000Z"},
                    Case{"6230108003004B", "2026-03-01T08:30:00-08:30", "2026-03-01T17:00:00.000Z"},
                    Case{"62301080030049", "2026-03-01T08:30:00-03:30", "2026-03-01T12:00:00.000Z"},
                    Case{"42209232959565", "2024-02-29T23:59:59+14:00", "2024-02-29T09:59:59.000Z"},
                    Case{"07101000000000", "1970-01-01T00:00:00+00:00", "1970-01-01T00:00:00.000Z"},
                    Case{"96211332959500", "2069-12-31T23:59:59+00:00", "2069-12-31T23:59:59.000Z"}));

TEST(Timestamp, WhatIsNoDateIsNoTime) {
  for (const char* hex : {"00000000000000", "62001080030000", "62302380030000", "62200380030000", "62301042030000",
                          "62301080060000", "62301080030600", "32209280030000"}) {
    EXPECT_FALSE(to_time(read_timestamp(octets(hex)))) << hex;
    EXPECT_FALSE(to_rfc3339(read_timestamp(octets(hex)))) << hex;
  }
}

TEST(Timestamp, ADigitAboveNineCountsAsZero) {
  const Timestamp timestamp = read_timestamp(octets("6230108003F040"));
  EXPECT_EQ(timestamp.second, 0);
  EXPECT_EQ(to_rfc3339(timestamp).value(), "2026-03-01T08:30:00+01:00");
  EXPECT_EQ(read_timestamp(octets("FFFFFFFFFFFFFF")).month, 0);
}

TEST(Timestamp, EveryOffsetRoundTrips) {
  for (int quarters = -79; quarters <= 79; ++quarters) {
    Timestamp timestamp{2026, 3, 1, 8, 30, 0, quarters * 15};
    EXPECT_EQ(read_timestamp(write_timestamp(timestamp)), timestamp) << quarters;
  }
}

TEST(SemiOctets, HaveTheStandardsSymbolsAndSkipTheFiller) {
  const auto octets = write_semi_octets("0123456789*#abc").value();
  EXPECT_EQ(base::to_hex(octets), "1032547698BADCFE");
  EXPECT_EQ(read_semi_octets(octets, 15), "0123456789*#abc");
  EXPECT_EQ(read_semi_octets(base::Octets{0xF1, 0x32}, 4), "123");
  EXPECT_EQ(read_semi_octets(base::Octets{0x21}, 9), "12");
  EXPECT_FALSE(write_semi_octets("12+3"));
  EXPECT_FALSE(write_semi_octets("12A"));
}

}  // namespace
}  // namespace burstd::pdu

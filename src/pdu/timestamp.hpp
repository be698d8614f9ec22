// TP-SCTS and TP-DT: seven semi-octet pairs, local time of the service centre with its offset in quarters of an hour
// (23.040, 9.2.3.11). Networks send impossible dates; those are kept as fields and are simply no time. A digit above
// nine counts as 0, as the standard demands, so that a bad clock never costs a delivery report.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"

namespace burstd::pdu {

struct Timestamp {
  int year = 2000;  // 70…99 are read as 19yy, 00…69 as 20yy
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int offset_minutes = 0;  // a multiple of 15; local time minus UTC

  bool operator==(const Timestamp&) const = default;
};

using TimestampOctets = std::array<std::uint8_t, 7>;

Timestamp read_timestamp(const TimestampOctets& octets);

// Fields outside two digits are taken modulo 100; the offset is cut to ±79 quarters.
TimestampOctets write_timestamp(const Timestamp& timestamp);

// Nothing where the fields are no date or no time of day.
std::optional<base::Time> to_time(const Timestamp& timestamp);

// With the PDU's own offset, "2026-03-01T09:30:00+01:00".
std::optional<std::string> to_rfc3339(const Timestamp& timestamp);

// The local time at that offset; milliseconds are cut off.
Timestamp timestamp_at(base::Time time, int offset_minutes = 0);

}  // namespace burstd::pdu

// Fuzzes the SMS-STATUS-REPORT decoder: what is accepted and can be encoded is read again as the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "base/hex.hpp"
#include "pdu/status_report.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace burstd;
  const std::string hex = base::to_hex(std::span(data, size));
  for (const pdu::Prefix prefix : {pdu::Prefix::present, pdu::Prefix::absent, pdu::Prefix::either}) {
    const auto report = pdu::decode_status_report(hex, prefix);
    if (!report) continue;
    (void)pdu::to_rfc3339(report->timestamp);
    const auto again = pdu::encode(*report);
    if (again && pdu::decode_status_report(again->hex, pdu::Prefix::present).value() != *report) std::abort();
  }
  return 0;
}

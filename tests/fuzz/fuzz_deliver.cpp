// Fuzzes the SMS-DELIVER decoder: what is accepted and can be encoded is read again as the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "base/hex.hpp"
#include "pdu/deliver.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace burstd;
  const std::string hex = base::to_hex(std::span(data, size));
  for (const pdu::Prefix prefix : {pdu::Prefix::present, pdu::Prefix::absent, pdu::Prefix::either}) {
    const auto deliver = pdu::decode_deliver(hex, prefix);
    if (!deliver) continue;
    (void)pdu::text(deliver->user_data);
    (void)pdu::elements(deliver->user_data.header);
    (void)pdu::to_rfc3339(deliver->timestamp);
    const auto again = pdu::encode(*deliver);
    if (again && pdu::decode_deliver(again->hex).value() != *deliver) std::abort();
  }
  return 0;
}

// Fuzzes the SMS-SUBMIT decoder: what is accepted and can be encoded is read again as the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "base/hex.hpp"
#include "pdu/submit.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace burstd;
  const std::string hex = base::to_hex(std::span(data, size));
  const auto submit = pdu::decode_submit(hex);
  if (!submit || submit->destination.value.empty()) return 0;
  const auto again = pdu::encode(*submit);
  // A service centre without any digit is read, but not sent.
  if (again && pdu::decode_submit(again->hex).value() != *submit) std::abort();
  (void)pdu::text(submit->user_data);
  if (submit->validity) (void)pdu::duration(*submit->validity);
  return 0;
}

#include "gateway/envelope.hpp"

#include "pdu/validity.hpp"

namespace burstd::gateway {

namespace {

std::chrono::minutes validity_of(const message::Message& message, base::Time now) {
  const auto left = std::chrono::floor<std::chrono::minutes>(message.expires_at - now);
  auto step = pdu::relative_validity(left);
  if (pdu::duration(step) > left && step.value > 0) --step.value;
  return std::chrono::floor<std::chrono::minutes>(*pdu::duration(step));
}

}  // namespace

pdu::Encoding encoding_of(const message::Message& message) {
  return message.encoding == pdu::name(pdu::Encoding::gsm7) ? pdu::Encoding::gsm7 : pdu::Encoding::ucs2;
}

pdu::Envelope envelope_of(const message::Message& message, int concat_reference, base::Time now) {
  pdu::Envelope envelope;
  envelope.destination = message.number;
  envelope.validity = validity_of(message, now);
  envelope.reference = static_cast<std::uint8_t>(concat_reference);
  return envelope;
}

}  // namespace burstd::gateway

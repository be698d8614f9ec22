// What a recorded message says on the air besides its text: alphabet, destination, how long the service centre tries.
// Used by the dispatcher for every part it hands over; decides nothing about when.
#pragma once

#include "message/message.hpp"
#include "pdu/submit.hpp"

namespace burstd::gateway {

pdu::Encoding encoding_of(const message::Message& message);

// TP-VP is the longest step within the message's use, five minutes at least: no reminder arrives when its appointment
// is over.
pdu::Envelope envelope_of(const message::Message& message, int concat_reference, base::Time now);

}  // namespace burstd::gateway

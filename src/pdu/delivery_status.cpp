#include "pdu/delivery_status.hpp"

#include <algorithm>
#include <array>

namespace burstd::pdu {
namespace {

using enum Outcome;

// Ascending and without a gap. Names are the standard's.
constexpr std::array<DeliveryStatus, 34> status_table{{
    {0x00, 0x00, "received by the SME", delivered, "Delivered to the phone."},
    {0x01, 0x01, "forwarded, delivery unconfirmed", unconfirmed, "Passed on; the other network does not confirm."},
    {0x02, 0x02, "replaced by the SC", unconfirmed, "Replaced by a newer message."},
    {0x03, 0x0F, "reserved, completed", unconfirmed, "Passed on; the network does not confirm (network code {})."},
    {0x10, 0x1F, "SC specific, completed", unconfirmed, "Passed on (network code {})."},
    {0x20, 0x20, "congestion, still trying", still_trying, "Not yet delivered: network busy."},
    {0x21, 0x21, "SME busy, still trying", still_trying, "Not yet delivered: phone busy."},
    {0x22, 0x22, "no response from SME, still trying", still_trying, "Not yet delivered: phone off or no signal."},
    {0x23, 0x23, "service rejected, still trying", still_trying, "Not yet delivered."},
    {0x24, 0x24, "quality of service not available, still trying", still_trying, "Not yet delivered."},
    {0x25, 0x25, "error in SME, still trying", still_trying,
     "Not yet delivered: phone reported an error (memory full?)."},
    {0x26, 0x2F, "reserved, still trying", still_trying, "Not yet delivered (network code {})."},
    {0x30, 0x3F, "SC specific, still trying", still_trying, "Not yet delivered (network code {})."},
    {0x40, 0x40, "remote procedure error", elsewhere, "Could not be delivered.",
     "Could not be delivered over this SIM card; we will send again over another."},
    {0x41, 0x41, "incompatible destination", failed, "This number cannot receive SMS (landline?)."},
    {0x42, 0x42, "connection rejected by SME", failed, "The phone rejects messages."},
    {0x43, 0x43, "not obtainable", failed, "Number not reachable."},
    {0x44, 0x44, "quality of service not available", failed, "Could not be delivered."},
    {0x45, 0x45, "no interworking available", elsewhere, "The two networks do not exchange SMS.",
     "The two networks do not exchange SMS; we will send again over another."},
    {0x46, 0x46, "validity period expired", failed, "Phone stayed off"},
    {0x47, 0x47, "deleted by originating SME", failed, "Cancelled at the message centre."},
    {0x48, 0x48, "deleted by SC administration", failed, "Removed by the network."},
    {0x49, 0x49, "message does not exist", failed, "The network lost the message."},
    {0x4A, 0x4F, "reserved, permanent error", failed, "Could not be delivered (network code {})."},
    {0x50, 0x5F, "SC specific, permanent error", failed, "Could not be delivered (network code {})."},
    {0x60, 0x60, "congestion, stopped trying", may_repeat, "The network was busy and has stopped trying.",
     "Network was busy; we will send again."},
    {0x61, 0x61, "SME busy, stopped trying", may_repeat, "The phone was busy and the network has stopped trying.",
     "Phone was busy; we will send again."},
    {0x62, 0x62, "no response from SME, stopped trying", may_repeat,
     "The phone was off or had no signal and the network has stopped trying.", "Phone was off; we will send again."},
    {0x63, 0x63, "service rejected, stopped trying", failed, "The network refused the message."},
    {0x64, 0x64, "quality of service not available, stopped trying", may_repeat,
     "Could not be delivered now and the network has stopped trying.",
     "Could not be delivered now; we will send again."},
    {0x65, 0x65, "error in SME, stopped trying", may_repeat, "The phone could not store the message.",
     "The phone could not store the message; we will send again."},
    {0x66, 0x6F, "reserved, stopped trying", failed, "Could not be delivered (network code {})."},
    {0x70, 0x7F, "SC specific, stopped trying", failed, "Could not be delivered (network code {})."},
    {0x80, 0xFF, "reserved", failed, "The network refused the message (network code {})."},
}};

constexpr std::array<std::string_view, 6> outcome_names{"delivered", "unconfirmed", "still-trying",
                                                        "failed",    "may-repeat",  "elsewhere"};
constexpr std::string_view value_mark = "{}";

}  // namespace

std::span<const DeliveryStatus> delivery_statuses() { return status_table; }

const DeliveryStatus& delivery_status(std::uint8_t status) {
  return *std::ranges::lower_bound(status_table, status, {}, &DeliveryStatus::last);
}

std::string delivery_sentence(std::uint8_t status) {
  std::string sentence(delivery_status(status).sentence);
  const std::size_t mark = sentence.find(value_mark);
  if (mark != std::string::npos) sentence.replace(mark, value_mark.size(), std::to_string(status));
  return sentence;
}

std::string_view name(Outcome outcome) { return outcome_names[static_cast<std::size_t>(outcome)]; }

}  // namespace burstd::pdu

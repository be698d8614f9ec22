// Sending again what was not reached: whether it may be, and what the new message is. Messages::resend uses it inside
// its unit; the old message keeps its record, the new one names it. Nothing is written here.
#pragma once

#include <optional>
#include <string>

#include "burst/preview.hpp"
#include "gateway/ledger.hpp"

namespace burstd::clinic {

struct Again {
  std::string client, client_ref, user;
  bool accept_duplicate = false;  // the patient may get it twice
};

// Why it may not: "already-resent", "opted-out", "appointment-past", "not-failed" or "may-have-arrived".
std::optional<base::Error> obstacle_to(const store::Connection& connection, const store::Record& old,
                                       const Again& again, base::Time now);

// The same to the same, by whoever asks now. Its time to expire is the old one where the client had said one that is
// still to come, else it is counted anew; within the margin before an appointment it is the appointment.
message::Message again_of(const message::Message& old, const Again& again, const burst::Rules& rules, base::Time now);

// How the new one is born when it cannot be sent either: a text with a hole is not sent the second time.
std::optional<gateway::Stillborn> stillborn_again(const store::Record& old, const burst::Looked& looked);

}  // namespace burstd::clinic

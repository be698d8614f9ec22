// Parts into the message: one total function, worst first. Used by the ledger after every change of a part, in
// the same transaction, and nowhere else: what the clinic sees of a message is never computed twice.
#pragma once

#include <string_view>
#include <vector>

#include "message/message.hpp"

namespace burstd::message {

// The error_code of a part that has left by a person's word, for as long as nothing better is known of it.
inline constexpr std::string_view said_sent = "said-sent";

// `parts` is not empty. Sets state, status, window_over, error, sent_at, delivered_at, confirmation and
// next_attempt_at of `before`; the rest is left as it is.
Progress fold(const Progress& before, const std::vector<Part>& parts, const StatusRules& rules);

// True when something of it left or may have left.
bool has_left(const Part& part);

// True when it was given up while it waited, because another part failed.
bool never_left(const Part& part);

}  // namespace burstd::message

// The clinic's options as the pure room burst takes them, and its verdicts as the ledger takes them. Used wherever
// something is accepted.
#pragma once

#include <optional>

#include "burst/preview.hpp"
#include "clinic/options.hpp"
#include "gateway/ledger.hpp"

namespace burstd::clinic {

// Throws std::runtime_error when the country has no numbering plan; that is found at start-up.
burst::Rules rules_of(const Options& options);

// How a message is born that cannot be sent for this reason; nothing for `ok`. `missing`: placeholders without a value.
std::optional<gateway::Stillborn> stillborn_of(burst::Verdict verdict, const std::vector<std::string>& missing = {});

// Fills what looking at number and text has found.
void describe(message::Message& message, const burst::Looked& looked);

}  // namespace burstd::clinic

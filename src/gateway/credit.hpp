// What an operator's answer to the code for the credit says: its words, whatever form the modem gives them in (text,
// packed septets or UCS-2 in hexadecimal), and the amount by the pattern of the configuration. Pure but for the
// pattern.
#pragma once

#include <optional>
#include <string>

#include "modem/options.hpp"
#include "modem/status.hpp"

namespace burstd::gateway {

// `coding` is the cell broadcast data coding scheme (23.038, clause 5); nothing: not told.
std::string service_text(const std::string& given, std::optional<int> coding);

// The first group of the pattern as a number; "12.50", "12,50", "1'234.50". Nothing: the pattern does not fit.
std::optional<double> amount_in(const std::string& text, const std::string& pattern);

// How many segments it pays for; nothing when amount or price are not known.
std::optional<std::int64_t> segments_for(const modem::Credit& credit, const modem::Balance& balance);

}  // namespace burstd::gateway

// Whom a message to us is from, as an E.164 number. Networks show it whole, without its country, or as a short code or
// a name: what is none is nothing that could be written to. A SIM says its own number in the same ways. The receiver
// and the station ask.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pdu/address.hpp"
#include "store/connection.hpp"

namespace burstd::gateway {

// `country`: where the SIMs are at home, ISO 3166.
std::optional<std::string> number_of(const pdu::Address& from, const std::string& country);

// Of what a SIM or the configuration calls it; empty: none.
std::string own_number(const std::string& told, const std::string& country);

// Where it is none: those of the numbers in the record of which the last digits agree, as a report's recipient is
// found.
std::vector<std::string> numbers_like(const store::Connection& connection, const pdu::Address& from);

}  // namespace burstd::gateway

// Whom a message to us is from, as an E.164 number. Networks show it whole, without its country, or as a short code or
// a name: what is none is nothing that could be written to. A SIM says its own number in the same ways. The receiver
// and the station ask.
#pragma once

#include <optional>
#include <string>

#include "pdu/address.hpp"

namespace burstd::gateway {

// `country`: where the SIMs are at home, ISO 3166.
std::optional<std::string> number_of(const pdu::Address& from, const std::string& country);

// Of what a SIM or the configuration calls it; empty: none.
std::string own_number(const std::string& told, const std::string& country);

}  // namespace burstd::gateway

// What the gateway tells of one modem, in words for people: state, signal, network, reports, recoveries, and the
// sentences below the table. Used by modem_view and by `burstctl status`. Pure but for holder_in_words.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "ctl/words/table.hpp"

namespace burstd::ctl {

Cell state_cell(const boost::json::object& modem);

// Operator, signal and network: empty of a modem that is missing or that nobody talks to.
std::string operator_in_words(const boost::json::object& modem);

// "strong (24)" for the 0 to 31 of the modem standard, "-85 dBm" for a negative number, else "".
std::string signal_in_words(const boost::json::object& modem);

std::string registration_in_words(const boost::json::object& modem);

// "stored, proven", "direct, not seen yet", "none"; and the same in a sentence.
Cell reports_cell(const boost::json::object& modem);
std::string reports_in_words(const boost::json::object& modem);

// "…4567": enough to tell SIMs apart.
std::string tail_of(const std::string& sim);
std::string sim_of(const boost::json::object& modem);

// "12d1:1001 in socket 1-1.4"
std::string usb_in_words(const boost::json::object& modem);

std::string recoveries_in_words(const boost::json::object& modem);

// "2 PIN tries are left."; empty where the modem does not tell.
std::string tries_in_words(const boost::json::object& modem);

// Why it does not send, when it is tried again, how many PIN tries are left; empty when all is well.
std::string trouble_in_words(const boost::json::object& modem, base::Time now);

// What is to be known although it sends: reports that do not come, what former SIMs are owed, credit.
std::vector<std::string> notes_in_words(const boost::json::object& modem, base::Time now);
std::vector<std::string> owed_in_words(const boost::json::object& modem);
std::string credit_in_words(const boost::json::object& modem, base::Time now);

// For a modem whose port is taken: by whom, or how to find out; else empty.
std::string holder_in_words(const boost::json::object& modem);

}  // namespace burstd::ctl

// What is kept back of whatever goes into a support bundle: numbers to their last digits, words of people whole. Pure;
// support_bundle uses it for what the gateway answers, bundle_pieces for texts.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

namespace burstd::ctl {

// "+41 79 123 45 67" and any run of seven digits or more becomes "…567".
std::string without_long_numbers(std::string_view text);

// The same in every string of it, also in names of members; members that hold words of patients, people or operators
// are kept back whole.
boost::json::value masked(const boost::json::value& value);

}  // namespace burstd::ctl

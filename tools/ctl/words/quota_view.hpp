// burstctl quota, and what `status` and `modems` show of it: what the limits leave of each SIM, and when one that is
// used up goes on. Prints what the gateway answered and decides nothing.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

// Exit::refused when so many SMS do not fit.
Exit show_quota(const Session& session, std::optional<std::int64_t> segments);

// For a table: the limit that is used up for longest, else the narrowest beyond minute and hour: "0 (day)".
std::string narrowest_in_words(const boost::json::object& modem);

// "3 of 6", "0 of 100, goes on tomorrow 00:00", each with the limit before it.
std::vector<std::string> quota_left_in_words(const boost::json::object& modem, base::Time now);

}  // namespace burstd::ctl

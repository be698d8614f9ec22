// burstctl status, modems, version: how the gateway is, for whoever stands before the box.
// Called by command_line; changes nothing.
#pragma once

#include "ctl/session.hpp"

namespace burstd::ctl {

Exit show_status(const Session& session);
Exit show_modems(const Session& session);
Exit show_version(const Session& session);

// "strong (24)" for the 0 to 31 of the modem standard, "-85 dBm" for a negative number, else "".
std::string signal_in_words(const boost::json::object& modem);

}  // namespace burstd::ctl

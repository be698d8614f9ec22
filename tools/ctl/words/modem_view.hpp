// Modems on the terminal: all of them at a glance, with what those in trouble need and what is plugged in but not in
// use, or one in full. Called by modem_commands and gateway_commands; asks nobody.
#pragma once

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

void print_no_modems(const Session& session);

// `answer`: what GET /v1/modems says.
void print_modems(const Session& session, const boost::json::object& answer);

// Why those that do not send do not, a line each.
void print_troubles(const Session& session, const boost::json::array& modems);

void print_modem(const Session& session, const boost::json::object& modem);

}  // namespace burstd::ctl

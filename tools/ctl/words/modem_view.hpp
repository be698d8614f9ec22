// Modems on the terminal: all of them at a glance, with what those in trouble need and what is plugged in but not in
// use, or one in full. Called by modem_commands and gateway_commands; asks nobody.
#pragma once

#include <string_view>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

// The file in which they are to be named, for people.
inline constexpr std::string_view default_config = "/etc/burstd/burstd.yaml";

void print_no_modems(const Session& session, std::string_view config = default_config);

// `answer`: what GET /v1/modems says.
void print_modems(const Session& session, const boost::json::object& answer, std::string_view config = default_config);

// Why those that do not send do not, a line each.
void print_troubles(const Session& session, const boost::json::array& modems);

void print_modem(const Session& session, const boost::json::object& modem);

}  // namespace burstd::ctl

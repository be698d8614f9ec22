// Who asks: the peer of the socket, by uid and groups, as a client name and a role. Pure; Api asks for each request.
// Names of users and groups are turned into numbers by config, never here.
#pragma once

#include <string>
#include <string_view>

#include "api/options.hpp"
#include "http/message.hpp"

namespace burstd::api {

struct Caller {
  std::string name;
  Role role = Role::none;
};

// The first client that fits decides; else Options::others and "uid-<n>".
Caller identify(const Options& options, const http::Peer& peer);

std::string_view to_string(Role role);

}  // namespace burstd::api

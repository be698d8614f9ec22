#include "api/peers.hpp"

#include <algorithm>
#include <array>

namespace burstd::api {

namespace {

bool fits(const Client& client, const http::Peer& peer) {
  if (std::ranges::find(client.uids, peer.uid) != client.uids.end()) return true;
  return std::ranges::any_of(client.gids, [&](unsigned gid) {
    return gid == peer.gid || std::ranges::find(peer.groups, gid) != peer.groups.end();
  });
}

}  // namespace

Caller identify(const Options& options, const http::Peer& peer) {
  const auto found = std::ranges::find_if(options.clients, [&](const Client& client) { return fits(client, peer); });
  if (found != options.clients.end()) return Caller{found->name, found->role};
  return Caller{"uid-" + std::to_string(peer.uid), options.others};
}

std::string_view to_string(Role role) {
  static constexpr std::array<std::string_view, 4> names{"none", "read", "send", "admin"};
  return names.at(static_cast<std::size_t>(role));
}

}  // namespace burstd::api

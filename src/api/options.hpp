// Who may ask what: peers of the socket become client names and roles by their uid and groups. config fills
// it from the section "clients".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace burstd::api {

enum class Role : std::uint8_t { none, read, send, admin };  // each includes the ones before

struct Client {
  std::string name;
  std::vector<unsigned> uids;
  std::vector<unsigned> gids;
  Role role = Role::send;
};

struct Options {
  std::vector<Client> clients{{"root", {0}, {}, Role::admin}};  // the first that fits decides
  Role others = Role::send;  // a peer that can connect and fits none, named "uid-<n>"
};

}  // namespace burstd::api

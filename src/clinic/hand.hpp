// Who asks for something to be done, as the socket and the client name them. Every act that stays on record carries
// one; what they may do is decided before.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace burstd::clinic {

// Where a call comes from.
struct Origin {
  std::optional<std::int64_t> uid = {};  // of the peer, as the kernel knows it
  std::string route = {};                // "POST /v1/modems/{name}/pause"
};

struct Hand {
  std::string client;
  std::optional<std::string> user;
  Origin origin = {};
};

// "anna of reception", or "reception" where nobody is named.
std::string who(const Hand& hand);

}  // namespace burstd::clinic

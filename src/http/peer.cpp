#include "http/peer.hpp"

#include <sys/socket.h>

#include <cerrno>
#include <system_error>

namespace burstd::http {

namespace {

base::Error unknown(const char* what) {
  const std::string reason = std::generic_category().message(errno);
  return base::Error{base::Fault::broken, "peer-unknown",
                     std::string("The kernel does not say who the client is (") + what + ": " + reason + ")."};
}

}  // namespace

base::Result<Peer> peer_of(int descriptor) {
  ucred credentials{};
  socklen_t size = sizeof credentials;
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) return unknown("SO_PEERCRED");

  std::vector<gid_t> groups(32);
  for (int round = 0; round < 2; ++round) {
    size = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
    const int answer = getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size);
    if (answer != 0 && errno != ERANGE) return unknown("SO_PEERGROUPS");
    groups.resize(size / sizeof(gid_t));  // on ERANGE the kernel has set the size that is needed
    if (answer == 0) return Peer{credentials.uid, credentials.gid, credentials.pid, std::move(groups)};
  }
  return unknown("SO_PEERGROUPS");
}

}  // namespace burstd::http

// Who is at the other end of a Unix socket, asked of the kernel once for each connection. Server uses it; which
// rights follow from that is for others to say.
#pragma once

#include "http/message.hpp"

namespace burstd::http {

// Fails with code "peer-unknown".
base::Result<Peer> peer_of(int descriptor);

}  // namespace burstd::http

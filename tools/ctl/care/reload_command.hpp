// burstctl reload: has the gateway read its configuration anew, and tells what of it is in force. Called by
// command_line.
#pragma once

#include <string>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct ReloadWish {
  std::string user;
};

// Exit::refused, and every mistake with its line, when the configuration is unsound; it changes nothing then.
Exit reload(const Session& session, const ReloadWish& wish);

}  // namespace burstd::ctl

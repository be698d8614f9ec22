// burstctl status, version: how the gateway is, for whoever stands before the box.
// Called by command_line; changes nothing.
#pragma once

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

Exit show_status(const Session& session);
Exit show_version(const Session& session);

}  // namespace burstd::ctl

// burstctl top: a live screen for whoever stands before the box. Where there is no terminal it prints what the screen
// would show, once. Called by command_line; changes nothing.
#pragma once

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

// Until q or Ctrl-C. A gateway that goes away meanwhile is waited for; one that does not answer at first is not.
Exit show_top(const Session& session);

}  // namespace burstd::ctl

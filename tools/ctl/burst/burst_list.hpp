// burstctl burst list: the bursts of the gateway, the newest first, with what became of their messages. Called by
// burst_line; changes nothing.
#pragma once

#include <cstddef>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

Exit list_bursts(const Session& session, std::size_t most);

}  // namespace burstd::ctl

// burstctl audit: who did what to the gateway and its record, and what was refused to whom. Called by the command line;
// changes nothing.
#pragma once

#include <cstddef>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

Exit list_audit(const Session& session, std::size_t most);

}  // namespace burstd::ctl

// burstctl check --nagios: one line for Nagios, Icinga and their kin, with performance data; exit status 0 well, 1
// warning, 2 critical, 3 unknown, as they want it and not as burstctl has it elsewhere. Called by command_line.
#pragma once

#include "ctl/watch/health.hpp"
#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct NagiosWish {
  bool wanted = false;
  Thresholds thresholds;
};

Exit check_health(const Session& session, const NagiosWish& wish);

}  // namespace burstd::ctl

// The clock on the clinic's wall: what a person types and reads is meant by it, wherever and by whom burstctl is
// started (a cron job's clock is often UTC). A TZ that somebody has set is what they want instead.
#pragma once

#include "ctl/wire/client.hpp"

namespace burstd::ctl {

// Asks the gateway for its zone and makes it the process's own. A gateway that is away leaves the zone as it is.
void go_by_the_clinics_clock(const Client& client);

}  // namespace burstd::ctl

// The questions of the probe that change nothing in the modem: who it is, its SIM, its network. Used by probe. No PIN
// is typed here.
#pragma once

#include <vector>

#include "ctl/probe/probe_line.hpp"

namespace burstd::ctl {

async::Task<modem::Identity> identity_of(ProbeLine& line);

// `drivers`: whose PIN counters are tried.
async::Task<SimState> sim_of(ProbeLine& line, const std::vector<modem::Driver>& drivers);

async::Task<Network> network_of(ProbeLine& line);

}  // namespace burstd::ctl

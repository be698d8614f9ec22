// What a modem can do with messages and their reports, by trying: the message mode, the services, the memories, the
// ways of reports. Used by probe, which puts back afterwards what `settings` remembers. It sends nothing, reads no
// message and changes nothing that it could not read before.
#pragma once

#include <string>
#include <vector>

#include "ctl/probe/probe_settings.hpp"

namespace burstd::ctl {

// `routes`: the arguments of AT+CNMI that are tried.
async::Task<Messaging> messaging_of(ProbeLine& line, ProbeSettings& settings, std::vector<std::string> routes);

}  // namespace burstd::ctl

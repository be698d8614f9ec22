// Why nothing at all leaves the gateway at the moment, in a sentence for whoever is about to send. Used by the commands
// that send or look at what would be sent; asks the gateway how it is, and changes nothing.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

// "Nothing can leave now: no modem is ready (burstctl modems)." of the answer to GET /v1/status; empty when something
// could leave, or when that is not known.
std::string obstacle_in_words(const boost::json::object& status, base::Time now);

// The same of the gateway as it is now. One that does not tell is no reason to complain: empty.
std::string obstacle_now(const Session& session);

// On a line of its own, where there is one and a person reads.
void print_obstacle(const Session& session);

}  // namespace burstd::ctl

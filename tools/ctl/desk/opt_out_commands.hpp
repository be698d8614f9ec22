// burstctl opt-out list, show, add, lift: numbers that are not written to, by whose word, and the clinic's own say.
// Called by the command line. The gateway decides who may lift what.
#pragma once

#include <string>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct OptOutWish {
  std::string number, user, reason;
};

Exit list_opt_outs(const Session& session);
Exit show_opt_out(const Session& session, const OptOutWish& wish);  // with all there ever was about the number
Exit add_opt_out(const Session& session, const OptOutWish& wish);
Exit lift_opt_out(const Session& session, const OptOutWish& wish);

}  // namespace burstd::ctl

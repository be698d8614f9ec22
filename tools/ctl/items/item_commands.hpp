// burstctl items, show: what became of messages.
// Called by command_line; changes nothing.
#pragma once

#include <string>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct Items {
  std::string patient, number, batch, status, state, category, client_ref, from, to;
  std::size_t limit = 50;
  bool all = false;
  bool watch = false;
  bool call_list = false;  // whom somebody should call, the soonest appointment first
  bool open = false;       // of these only what nobody has noted anything on
};

Exit list_items(const Session& session, const Items& wanted);

// The item, its parts, their attempts and reports, its history.
Exit show_item(const Session& session, const std::string& id);

}  // namespace burstd::ctl

// burstctl burst show, cancel: how far a burst is, and what has not left of it withdrawn. Called by burst_line; the
// paths and rows of a burst also by burst_commands.
#pragma once

#include <boost/json/array.hpp>
#include <string>

#include "ctl/items/message_commands.hpp"
#include "ctl/wire/session.hpp"

namespace burstd::ctl {

std::string path_of_burst(const std::string& id);

// All of them, in their order.
Or<boost::json::array> rows_of_burst(const Session& session, const std::string& id);

struct Showing {
  std::string id;
  bool watch = false;
  bool rows = false;
};

Exit show_burst(const Session& session, const Showing& showing);

// Exit::refused when there was nothing to withdraw.
Exit cancel_burst(const Session& session, const Withdrawal& withdrawal);

}  // namespace burstd::ctl

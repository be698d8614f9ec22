// burstctl group list, show, put, delete: to whom bursts go again and again. Called by the command line. Sends nothing;
// numbers are judged when a burst to the group is previewed.
#pragma once

#include <string>

#include "ctl/burst/recipients.hpp"
#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct GroupWish {
  std::string name;
  std::string file;  // put: CSV or JSON, "-": standard input
  Columns columns;
  std::string description, synced_at, user;
};

Exit list_groups(const Session& session);
Exit show_group(const Session& session, const GroupWish& wish);

// Rows of the file that are excluded do not become members.
Exit put_group(const Session& session, const GroupWish& wish);
Exit delete_group(const Session& session, const GroupWish& wish);

}  // namespace burstd::ctl

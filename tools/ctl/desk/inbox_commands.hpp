// burstctl inbox, inbox show and inbox ack: what patients have written, and that somebody has seen it. Called by the
// command line. Whom an answer may be from stands beside it; which of two it is, people must find out.
#pragma once

#include <string>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct InboxWish {
  std::string id, user;  // of the one reply that is meant, and by whom it is acknowledged
  bool unacknowledged = false;
  std::size_t limit = 50;
};

// The newest `limit`, oldest first: a list to be worked through.
Exit list_inbox(const Session& session, const InboxWish& wish);

// One of them whole, with the messages it may answer.
Exit show_reply(const Session& session, const std::string& id);

// `wish.user` has seen it.
Exit acknowledge_reply(const Session& session, const InboxWish& wish);

}  // namespace burstd::ctl

// Replies of patients as staff work through them: the list, and "seen, by whom". api asks; what a reply is, and when a
// long one is whole, the gateway decides.
#pragma once

#include <string>

#include "clinic/hand.hpp"
#include "clinic/page.hpp"
#include "gateway/gateway.hpp"
#include "store/inbox.hpp"

namespace burstd::clinic {

class Inbox {
 public:
  explicit Inbox(gateway::Gateway& gateway) : x_gateway(gateway) {}

  // Fails with "resync" where a position is none of this record.
  async::Task<base::Result<Page<store::Reply>>> list(store::InboxFilter filter);

  // Fails with "reply-unknown".
  async::Task<base::Result<store::Reply>> find(std::string id);

  // The first acknowledgement stays; a repeated one changes nothing.
  async::Task<base::Result<store::Reply>> acknowledge(std::string id, Hand hand);

  async::Task<std::optional<base::Time>> oldest_unacknowledged();

 private:
  gateway::Gateway& x_gateway;
};

}  // namespace burstd::clinic

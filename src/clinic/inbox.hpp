// Replies of patients as staff work through them: the list, and "seen, by whom". api asks; what a reply is, and when a
// long one is whole, the gateway decides.
#pragma once

#include <string>
#include <vector>

#include "clinic/hand.hpp"
#include "gateway/gateway.hpp"
#include "store/inbox.hpp"

namespace burstd::clinic {

struct ReplyPage {
  std::vector<store::Reply> items;  // oldest change first
  bool more = false;
  std::int64_t last_seq = 0;
};

class Inbox {
 public:
  explicit Inbox(gateway::Gateway& gateway) : x_gateway(gateway) {}

  // Fails with "resync" when `after` lies beyond the last change.
  async::Task<base::Result<ReplyPage>> list(store::InboxFilter filter);

  // The first acknowledgement stays; a repeated one changes nothing.
  async::Task<base::Result<store::Reply>> acknowledge(std::string id, Hand hand);

  async::Task<std::optional<base::Time>> oldest_unacknowledged();

 private:
  gateway::Gateway& x_gateway;
};

}  // namespace burstd::clinic

// How many messages are under way and how many replies nobody has read, for whoever watches. Each is a search of an
// index that holds little else: what is finished is never counted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/messages.hpp"

namespace burstd::store {

struct Census {
  std::vector<Count> messages;  // by state: those that may still change by themselves
  std::optional<base::Time> oldest_pending_at;
  std::int64_t unacknowledged = 0;  // replies
  std::optional<base::Time> oldest_unacknowledged;
};

Census take_census(const Connection& connection);

// Messages of one client that were accepted since then.
std::int64_t count_of_client(const Connection& connection, const std::string& client, base::Time since);

}  // namespace burstd::store

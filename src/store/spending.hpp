// What was charged to a SIM, from the attempts on record: what its limits are held against after a restart. gateway
// asks when a SIM begins to send; nothing is written here.
#pragma once

#include <string>

#include "message/pace.hpp"
#include "store/connection.hpp"

namespace burstd::store {

struct Since {
  base::Time hour, day, month;
};

message::Spent spent(const Connection& connection, const std::string& sim, const Since& since);

// The SIM that a message to this number was last sent over; nothing: none was.
std::optional<std::string> last_sim(const Connection& connection, const std::string& number);

}  // namespace burstd::store

// What went over a SIM, from the attempts on record: what its limits are held against after a restart, who knows it,
// and which references it has used. The dispatcher asks; nothing is written here.
#pragma once

#include <string>

#include "message/pace.hpp"
#include "store/connection.hpp"

namespace burstd::store {

struct Since {
  base::Time hour, day, month;
  base::Time until;        // what is later was said by a clock that was wrong
  bool recipients = true;  // whether anybody asks to whom
};

message::Spent spent(const Connection& connection, const std::string& sim, const Since& since);

// The SIM that a message to this number was last sent over; nothing: none was.
std::optional<std::string> last_sim(const Connection& connection, const std::string& number);

// Whether one of the references (TP-MR) that so many parts over this SIM would probably get belongs to a part to the
// same number that still waits for its report: one report could then be taken for the other's.
bool reference_collides(const Connection& connection, const std::string& sim, const std::string& number, int parts);

}  // namespace burstd::store

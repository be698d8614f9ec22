// The words in the columns back into values, for the row readers of this room. A word that nobody wrote says
// that the record is damaged, and throws; none is ever taken for another.
#pragma once

#include <string>

#include "message/message.hpp"

namespace burstd::store {

message::State state_of(const std::string& word);
message::Status status_of(const std::string& word);
message::Priority priority_of(const std::string& word);

}  // namespace burstd::store

// The table `part` from the inside of this room: what messages.hpp does not offer to others. Only
// insert_message uses it, so that no part is ever without its message.
#pragma once

#include "message/message.hpp"
#include "store/connection.hpp"

namespace burstd::store {

void insert_part(Transaction& transaction, const message::Part& part);

}  // namespace burstd::store

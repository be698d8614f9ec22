// The table `batch_row` from the inside of this room: what batches.hpp does not offer to others. Only
// insert_batch uses it, in its own transaction.
#pragma once

#include "store/batches.hpp"

namespace burstd::store {

void insert_lines(Transaction& transaction, std::int64_t batch, const std::vector<BatchLine>& lines);

}  // namespace burstd::store

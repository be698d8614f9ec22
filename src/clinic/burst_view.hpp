// A burst as it is shown: how far it is, when it will be done, and the traffic light. Bursts calls it on a store
// thread; nothing is changed here.
#pragma once

#include "burst/preview.hpp"
#include "clinic/bursts.hpp"
#include "clinic/quota.hpp"

namespace burstd::clinic {

Burst view(Queue& queue, store::Batch batch, const Outlook& at, const burst::Rules& rules);

// When the rows of a new burst would leave. `at` outlives the answer.
burst::Timing timing_of(const store::Batch& batch, const Outlook& at, std::size_t rows);

}  // namespace burstd::clinic

// A burst's rows judged by the pure rules and by what the record knows, as lines for the record. clinic::Bursts uses
// it inside a snapshot; it writes nothing.
#pragma once

#include <vector>

#include "burst/preview.hpp"
#include "store/batches.hpp"

namespace burstd::clinic {

struct Judging {
  const store::Batch& batch;
  const std::vector<burst::Recipient>& recipients;
  const burst::Template& text;
  burst::Timing timing;
};

std::vector<store::BatchLine> judge(const store::Connection& connection, const Judging& judging,
                                    const burst::Rules& rules);

}  // namespace burstd::clinic

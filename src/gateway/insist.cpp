#include "gateway/insist.hpp"

namespace burstd::gateway {

bool is_passing(const base::Error& error) { return error.code == "disk-full" || error.code == "record-busy"; }

}  // namespace burstd::gateway

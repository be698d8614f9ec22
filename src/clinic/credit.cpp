#include "clinic/credit.hpp"

#include <algorithm>

#include "store/messages.hpp"

namespace burstd::clinic {

void limit_by_credit(burst::Quota& quota, std::optional<std::int64_t> credit, const store::Connection& connection) {
  if (!credit) return;
  quota.available = std::max<std::int64_t>(*credit - store::waiting_segments(connection), 0);
  quota.limited_by = "credit";
}

}  // namespace burstd::clinic

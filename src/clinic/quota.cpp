#include "clinic/quota.hpp"

#include <algorithm>

#include "store/messages.hpp"

namespace burstd::clinic {

namespace {

std::int64_t strangers(const gateway::Rooms& rooms, const std::set<std::string>& numbers) {
  return std::ranges::count_if(numbers, [&](const std::string& number) { return rooms.is_stranger(number); });
}

// Counted in segments like the rest: so many more, or fewer, than are needed.
void limit_by_recipients(burst::Quota& quota, const store::Connection& connection, const gateway::Rooms& rooms,
                         const Need& need) {
  const auto left = rooms.strangers_left(need.end);
  if (!left) return;
  auto numbers = store::waiting_numbers(connection);
  const std::int64_t promised = strangers(rooms, numbers);
  numbers.insert(need.numbers.begin(), need.numbers.end());
  const std::int64_t wanted = strangers(rooms, numbers) - promised;
  const std::int64_t available = std::max<std::int64_t>(need.segments + *left - promised - wanted, 0);
  if (wanted == 0 || (quota.available && *quota.available <= available)) return;
  quota.available = available;
  quota.limited_by = "recipients";
}

}  // namespace

burst::Quota quota_of(const store::Connection& connection, const gateway::Rooms& rooms, const Need& need, int margin) {
  burst::Quota quota;
  quota.needed = need.segments;
  quota.margin = margin;
  const auto room = rooms.until(need.end);
  if (room.segments) {
    quota.available = std::max<std::int64_t>(*room.segments - store::waiting_segments(connection), 0);
    quota.limited_by = room.limited_by;
  }
  limit_by_recipients(quota, connection, rooms, need);
  return quota;
}

}  // namespace burstd::clinic

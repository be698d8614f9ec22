#include "clinic/quota.hpp"

#include <algorithm>
#include <iterator>

#include "gateway/route.hpp"
#include "store/messages.hpp"

namespace burstd::clinic {

namespace {

gateway::ByRoute strangers_of(const gateway::Rooms& rooms, const std::set<std::string>& numbers) {
  gateway::ByRoute strangers;
  for (const std::string& number : numbers) {
    if (rooms.is_stranger(number)) ++strangers[gateway::route_of(rooms.routes(), number)];
  }
  return strangers;
}

std::int64_t sum_up(const gateway::ByRoute& all) {
  std::int64_t sum = 0;
  for (const auto& [route, number] : all) sum += number;
  return sum;
}

// Counted in segments like the rest: so many more, or fewer, than are needed.
void limit_by_recipients(burst::Quota& quota, const Queue& queue, const Need& need) {
  const gateway::Rooms& rooms = queue.rooms();
  if (!rooms.limits_strangers() || need.numbers.empty()) return;
  const auto waiting = store::waiting_numbers(queue.connection(), need.batch);
  std::set<std::string> more;
  std::ranges::set_difference(need.numbers, waiting, std::inserter(more, more.end()));
  const gateway::Rooms::Wish wish{strangers_of(rooms, more), strangers_of(rooms, waiting), need.end};
  const std::int64_t wanted = sum_up(wish.needed);
  const auto room = rooms.strangers(wish);
  if (wanted == 0 || !room.number) return;
  const std::int64_t available = std::max<std::int64_t>(quota.needed + *room.number - wanted, 0);
  if (quota.available && *quota.available <= available) return;
  quota.available = available;
  quota.limited_by = room.limited_by;
}

std::vector<std::string> prefixes_of(const gateway::Rooms& rooms) {
  std::vector<std::string> prefixes;
  for (const gateway::Route& route : rooms.routes()) prefixes.push_back(route.prefix);
  return prefixes;
}

}  // namespace

void Need::add(const gateway::Rooms& rooms, const std::string& number, int count) {
  segments[gateway::route_of(rooms.routes(), number)] += count;
  numbers.insert(number);
}

gateway::ByRoute Queue::beside(const Need& need) {
  if (!x_segments) x_segments = store::waiting_segments(x_connection, prefixes_of(x_rooms));
  gateway::ByRoute others = *x_segments;
  if (!need.batch) return others;
  for (const auto& [route, own] : need.segments) others[route] -= own;
  return others;
}

std::int64_t Queue::due(base::Time by) {
  const auto [known, is_new] = x_due.try_emplace(by, 0);
  if (is_new) known->second = store::due_segments(x_connection, by);
  return known->second;
}

std::optional<std::int64_t> new_recipients(const Queue& queue, base::Time end) {
  if (!queue.rooms().limits_strangers()) return std::nullopt;
  const auto waiting = store::waiting_numbers(queue.connection(), std::nullopt);
  return queue.rooms().strangers({{{0, 0}}, strangers_of(queue.rooms(), waiting), end}).number;
}

burst::Quota quota_of(Queue& queue, const Need& need, int margin) {
  burst::Quota quota;
  quota.needed = sum_up(need.segments);
  quota.margin = margin;
  const auto room = queue.rooms().segments({need.segments, queue.beside(need), need.end});
  quota.available = room.number;
  quota.limited_by = room.limited_by;
  limit_by_recipients(quota, queue, need);
  return quota;
}

}  // namespace burstd::clinic

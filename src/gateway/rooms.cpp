#include "gateway/rooms.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "gateway/route.hpp"

namespace burstd::gateway {

namespace {

using namespace std::chrono_literals;

constexpr int most_days = 62;              // nothing waits longer
constexpr base::Milliseconds on_air = 6s;  // one segment, until a modem's own pace has been measured
constexpr base::Milliseconds minute_long = 1min, hour_long = 1h;

// What each segment takes of the time of its SIM.
base::Milliseconds pace_of(const message::Limits& limits) {
  base::Milliseconds pace = on_air + limits.jitter / 2;
  if (limits.per_minute > 0) pace = std::max(pace, minute_long / limits.per_minute);
  if (limits.per_hour > 0) pace = std::max(pace, hour_long / limits.per_hour);
  return pace;
}

constexpr std::size_t most_sets = 256;  // of SIMs that are looked at

std::int64_t sum_up(const ByRoute& all) {
  return std::accumulate(all.begin(), all.end(), std::int64_t{0},
                         [](auto sum, const auto& one) { return sum + one.second; });
}

message::WallClock shown_by(const calendar::Local& local) { return {local.weekday, local.minute}; }

std::int64_t free_of(int limit, int spent, int renewals) {
  return std::max(limit - spent, 0) + std::int64_t{limit} * renewals;
}

// Of a set of SIMs: nothing where one of them has no limit, or where the set is empty.
Rooms::Room sum_of(const std::vector<Rooms::Room>& rooms, std::uint64_t set) {
  Rooms::Room all;
  for (std::size_t at = 0; at < rooms.size(); ++at) {
    if ((set >> at & 1U) == 0) continue;
    if (!rooms[at].number) return {};
    all = {all.number.value_or(0) + *rooms[at].number, rooms[at].limited_by};
  }
  return all;
}

}  // namespace

Rooms::Span Rooms::midnights_until(base::Time end) const {
  Span span;
  for (base::Time day = x_zone.next_day(x_now); day < end && span.days < most_days; day = x_zone.next_day(day))
    ++span.days;
  for (base::Time month = x_zone.next_month(x_now); month < end && span.months < 3; month = x_zone.next_month(month))
    ++span.months;
  return span;
}

Rooms::Room Rooms::of(const Allowance& sim, Span span) const {
  Room room;
  const auto narrow = [&](std::int64_t segments, const char* by) {
    if (!room.number || segments < *room.number) room = {segments, by};
  };
  if (sim.limits.per_day > 0) narrow(free_of(sim.limits.per_day, sim.spent_today, span.days), "day");
  if (sim.limits.per_month > 0) narrow(free_of(sim.limits.per_month, sim.spent_this_month, span.months), "month");
  if (sim.credit) narrow(*sim.credit, "credit");
  return room;
}

Rooms::Sims Rooms::sims_of(int route) const {
  Sims sims = 0;
  for (std::size_t at = 0; at < x_sims.size(); ++at) {
    if (leads_over(x_sims[at].routes, route)) sims |= Sims{1} << at;
  }
  return sims;
}

// What no SIM outside of the set may take.
std::int64_t Rooms::within(const ByRoute& all, Sims set) const {
  std::int64_t sum = 0;
  for (const auto& [route, number] : all) {
    const Sims sims = sims_of(route);
    if (sims != 0 && (sims & ~set) == 0) sum += number;
  }
  return sum;
}

// All SIMs, those of each route, and of several together.
std::set<Rooms::Sims> Rooms::sets_of(const Wish& wish) const {
  std::set<Sims> of_routes;
  for (const auto& [route, number] : wish.needed) of_routes.insert(sims_of(route));
  for (const auto& [route, number] : wish.promised) of_routes.insert(sims_of(route));
  std::set<Sims> sets{sims_of(0)};
  for (const Sims sims : of_routes) {
    const auto before = sets;
    sets.insert(sims);
    for (const Sims other : before) {
      if (sets.size() < most_sets) sets.insert(sims | other);
    }
  }
  return sets;
}

// Every set of SIMs must have room for all that no other SIM may take; the one that has the least decides. What waits
// for SIMs that have no room for it takes none of the others'.
Rooms::Room Rooms::narrowest(const Wish& wish, const std::vector<Room>& rooms) const {
  ByRoute promised = wish.promised;
  for (auto& [route, number] : promised) {
    number = std::min(number, sum_of(rooms, sims_of(route)).number.value_or(number));
  }
  Room least;
  for (const Sims set : sets_of(wish)) {
    const Room room = sum_of(rooms, set);
    const std::int64_t needed = within(wish.needed, set);
    if (!room.number || (needed == 0 && set != sims_of(0))) continue;
    const std::int64_t available = sum_up(wish.needed) + *room.number - within(promised, set) - needed;
    if (!least.number || available < *least.number) least = {std::max<std::int64_t>(available, 0), room.limited_by};
  }
  return least;
}

Rooms::Room Rooms::segments(const Wish& wish) const {
  const Span span = midnights_until(wish.end);
  std::vector<Room> rooms;
  for (const Allowance& sim : x_sims) rooms.push_back(of(sim, span));
  return narrowest(wish, rooms);
}

Rooms::Room Rooms::strangers(const Wish& wish) const {
  const Span span = midnights_until(wish.end);
  std::vector<Room> rooms;
  for (const Allowance& sim : x_sims) {
    const int most = sim.limits.recipients_per_month;
    Room room;
    if (most > 0) room = {free_of(most, static_cast<int>(sim.recipients.size()), span.months), "recipients"};
    rooms.push_back(std::move(room));
  }
  return narrowest(wish, rooms);
}

bool Rooms::limits_strangers() const {
  return std::ranges::any_of(x_sims, [](const Allowance& sim) { return sim.limits.recipients_per_month > 0; });
}

bool Rooms::is_stranger(const std::string& number) const {
  const auto recipient = message::recipient_of(number);
  const int route = route_of(x_routes, number);
  return std::ranges::none_of(x_sims, [&](const Allowance& sim) {
    return leads_over(sim.routes, route) && sim.recipients.contains(recipient);
  });
}

message::Window Rooms::window_of(const std::string& category) const {
  const auto found = x_windows.find(category);
  return found == x_windows.end() ? message::Window() : found->second;
}

std::optional<base::Time> Rooms::opening(base::Time from, const std::string& category) const {
  const auto window = window_of(category);
  if (window.empty()) return from;
  const auto stretch = next_stretch(window, from);
  return stretch ? std::optional(stretch->from) : std::nullopt;
}

// Within one day.
std::optional<Rooms::Stretch> Rooms::next_stretch(const message::Window& window, base::Time from) const {
  auto clock = shown_by(x_zone.local(from));
  if (!message::is_open(window, clock)) {
    const auto opening = message::next_opening(window, clock);
    if (!opening) return std::nullopt;
    for (int days = 0; days < opening->days; ++days) from = x_zone.next_day(from);
    from = x_zone.at_minute(from, opening->minute);
    clock = shown_by(x_zone.local(from));
  }
  const base::Time midnight = x_zone.next_day(from);
  const auto closing = message::next_closing(window, clock);
  if (!closing || closing->days > 0) return Stretch{from, midnight};
  const base::Time shut = std::max(x_zone.at_minute(from, closing->minute), from + minute_long);
  return Stretch{from, std::min(shut, midnight)};
}

// So many of `most` does the SIM take on that day. What a day leaves is not there on the next one.
std::int64_t Rooms::take(const Allowance& sim, Span span, Use& use, std::int64_t most) const {
  if (std::exchange(use.day, span.days) != span.days) use.of_day = span.days == 0 ? sim.spent_today : 0;
  if (sim.limits.per_day > 0) most = std::min(most, sim.limits.per_day - use.of_day);
  if (const auto room = of(sim, span).number) most = std::min(most, *room - use.all);
  most = std::max<std::int64_t>(most, 0);
  use.of_day += most;
  use.all += most;
  return most;
}

// Stretch after stretch, what all SIMs together can bring out.
std::optional<base::Time> Rooms::finish(base::Time start, std::int64_t segments, const std::string& category) const {
  const message::Window window = window_of(category);
  std::vector<Use> uses(x_sims.size());
  const base::Time end = start + most_days * std::chrono::hours{24};
  auto stretch = next_stretch(window, start);
  for (; stretch && stretch->from < end && !x_sims.empty(); stretch = next_stretch(window, stretch->until)) {
    double per_millisecond = 0;
    std::int64_t now = 0;
    const Span span = midnights_until(stretch->until);
    for (std::size_t at = 0; at < x_sims.size(); ++at) {
      const auto pace = pace_of(x_sims[at].limits);
      const std::int64_t most = take(x_sims[at], span, uses[at], (stretch->until - stretch->from) / pace + 1);
      now += most;
      if (most > 0) per_millisecond += 1.0 / static_cast<double>(pace.count());
    }
    if (now >= segments && per_millisecond > 0) {
      const auto span_of_rest = static_cast<double>(segments) / per_millisecond;
      return stretch->from + base::Milliseconds{static_cast<std::int64_t>(span_of_rest)};
    }
    segments -= now;
  }
  return std::nullopt;
}

}  // namespace burstd::gateway

#include "gateway/rooms.hpp"

#include <algorithm>

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

std::int64_t free_of(int limit, int spent, int renewals) {
  return std::max(limit - spent, 0) + std::int64_t{limit} * renewals;
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
    if (!room.segments || segments < *room.segments) room = {segments, by};
  };
  if (sim.limits.per_day > 0) narrow(free_of(sim.limits.per_day, sim.spent_today, span.days), "day");
  if (sim.limits.per_month > 0) narrow(free_of(sim.limits.per_month, sim.spent_this_month, span.months), "month");
  if (sim.credit) narrow(*sim.credit, "credit");
  return room;
}

Rooms::Room Rooms::until(base::Time end) const {
  const Span span = midnights_until(end);
  Room all;
  for (const Allowance& sim : x_sims) {
    const Room room = of(sim, span);
    if (!room.segments) return {};
    all.segments = all.segments.value_or(0) + *room.segments;
    all.limited_by = room.limited_by;
  }
  return all;
}

std::optional<std::int64_t> Rooms::strangers_left(base::Time end) const {
  const Span span = midnights_until(end);
  std::optional<std::int64_t> left;
  for (const Allowance& sim : x_sims) {
    if (sim.limits.recipients_per_month <= 0) return std::nullopt;
    left = left.value_or(0) +
           free_of(sim.limits.recipients_per_month, static_cast<int>(sim.recipients.size()), span.months);
  }
  return left;
}

bool Rooms::is_stranger(const std::string& number) const {
  const auto recipient = message::recipient_of(number);
  return std::ranges::none_of(x_sims, [&](const Allowance& sim) { return sim.recipients.contains(recipient); });
}

// Day after day, what all SIMs together can bring out.
std::optional<base::Time> Rooms::finish(base::Time start, std::int64_t segments) const {
  if (x_sims.empty()) return std::nullopt;
  std::vector<std::int64_t> before(x_sims.size(), 0);
  base::Time from = start;
  const Span first = midnights_until(start);
  for (int day = first.days; day < first.days + most_days; ++day) {
    const base::Time midnight = x_zone.next_day(from);
    double per_millisecond = 0;
    std::int64_t today = 0;
    const int months = midnights_until(midnight - 1ms).months;
    for (std::size_t at = 0; at < x_sims.size(); ++at) {
      const auto pace = pace_of(x_sims[at].limits);
      std::int64_t most = (midnight - from) / pace + 1;
      if (const auto room = of(x_sims[at], {day, months}).segments)
        most = std::clamp<std::int64_t>(*room - before[at], 0, most);
      before[at] += most;
      today += most;
      if (most > 0) per_millisecond += 1.0 / static_cast<double>(pace.count());
    }
    if (today >= segments && per_millisecond > 0)
      return from + base::Milliseconds{static_cast<std::int64_t>(static_cast<double>(segments) / per_millisecond)};
    segments -= today;
    from = midnight;
  }
  return std::nullopt;
}

}  // namespace burstd::gateway

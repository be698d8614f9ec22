#include "gateway/purse.hpp"

#include <algorithm>
#include <random>

#include "store/spending.hpp"

namespace burstd::gateway {

namespace {

constexpr std::chrono::hours an_hour{1};
constexpr int most_days = 62;  // nothing waits longer

message::Limits limits_for(const Options& options, const std::string& modem) {
  const auto own = options.limits_of.find(modem);
  return own == options.limits_of.end() ? options.limits : own->second;
}

}  // namespace

Purse::Purse(const Options& options, const std::string& modem)
    : x_limits(limits_for(options, modem)), x_zone(options.timezone) {}

async::Task<> Purse::fill(store::Reader& reader, std::string sim) {
  const base::Time now = async::now().wall;
  const store::Since since{now - an_hour, x_zone.day_begins(now), x_zone.month_begins(now)};
  auto unit = [&](const store::Connection& connection) { return store::spent(connection, sim, since); };
  auto spent = co_await reader.run(unit);
  x_pace = message::Pace(x_limits, std::move(spent), midnights(now));
}

const message::Pace& Purse::pace(base::Time now) {
  if (x_pace.is_over(now)) x_pace.turn(now, midnights(now));
  return x_pace;
}

Purse::Left Purse::left(base::Time now, base::Time until) {
  message::Pace::Span span;
  base::Time day = x_zone.next_day(now), month = x_zone.next_month(now);
  for (; day < until && span.days < most_days; day = x_zone.next_day(day)) ++span.days;
  for (; month < until && span.months < most_days; month = x_zone.next_month(month)) ++span.months;
  Left left{pace(now).left(span), message::Limit::none};
  if (left.segments) {
    const bool by_month = x_limits.per_day <= 0 || (x_limits.per_month > 0 && *left.segments <= x_limits.per_month &&
                                                    x_limits.per_month - x_pace.spent().month <= *left.segments);
    left.by = by_month ? message::Limit::month : message::Limit::day;
  }
  const auto strangers = x_pace.recipients_left();
  if (strangers && span.months == 0 && (!left.segments || *strangers < *left.segments))
    left = {*strangers, message::Limit::recipients};
  return left;
}

base::Milliseconds Purse::jitter() const {
  if (x_limits.jitter.count() <= 0) return base::Milliseconds{0};
  static std::mt19937_64 random{std::random_device{}()};
  return base::Milliseconds{std::uniform_int_distribution<std::int64_t>{0, x_limits.jitter.count()}(random)};
}

}  // namespace burstd::gateway

#include "gateway/purse.hpp"

#include <algorithm>
#include <random>

#include "base/course.hpp"
#include "store/spending.hpp"

namespace burstd::gateway {

namespace {

constexpr std::chrono::hours an_hour{1};

}  // namespace

Purse::Purse(const Options& options, const std::string& modem)
    : x_limits(limits_of(options, modem)), x_zone(options.timezone) {}

async::Task<> Purse::fill(store::Reader& reader, std::string sim) {
  const base::Time now = async::now().wall;
  const store::Since since{now - an_hour, x_zone.day_begins(now), x_zone.month_begins(now),
                           now + base::Course::tolerance, x_limits.recipients_per_month > 0};
  auto unit = [&](const store::Connection& connection) { return store::spent(connection, sim, since); };
  auto spent = co_await reader.run(unit);
  x_pace = message::Pace(x_limits, std::move(spent), midnights(now));
}

void Purse::retune(const Options& options, const std::string& modem) {
  const base::Time now = async::now().wall;
  message::Spent spent = pace(now).spent();
  x_limits = limits_of(options, modem);
  x_zone = calendar::Zone(options.timezone);
  x_pace = message::Pace(x_limits, std::move(spent), midnights(now));
}

const message::Pace& Purse::pace(base::Time now) {
  if (x_pace.is_over(now)) x_pace.turn(now, midnights(now));
  x_pace.set_back(now);
  return x_pace;
}

void Purse::charge(base::Time at, const std::string& number) {
  pace(at);  // it may be the first of a day
  x_pace.charge(at, message::recipient_of(number));
}

Allowance Purse::allowance(base::Time now) {
  const message::Pace& known = pace(now);
  const message::Spent& spent = known.spent();
  Allowance allowance;
  allowance.limits = x_limits;
  allowance.spent_today = spent.day;
  allowance.spent_this_month = spent.month;
  if (x_limits.recipients_per_month > 0) allowance.recipients = spent.recipients;
  allowance.remainders = known.remainders(now);
  return allowance;
}

base::Milliseconds Purse::jitter() const {
  if (x_limits.jitter.count() <= 0) return base::Milliseconds{0};
  static std::mt19937_64 random{std::random_device{}()};
  return base::Milliseconds{std::uniform_int_distribution<std::int64_t>{0, x_limits.jitter.count()}(random)};
}

}  // namespace burstd::gateway

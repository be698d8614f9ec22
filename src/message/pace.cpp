#include "message/pace.hpp"

#include <algorithm>
#include <functional>

namespace burstd::message {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds a_minute = 1min, an_hour = 1h;

// What is longer than the whole limit may go when nothing else went.
bool exceeds(int limit, int spent, int segments) { return limit > 0 && spent + std::min(segments, limit) > limit; }

bool counts_hours(const Limits& limits) { return limits.per_minute > 0 || limits.per_hour > 0; }

}  // namespace

Recipient recipient_of(std::string_view number) { return std::hash<std::string_view>{}(number); }

const char* to_string(Limit limit) {
  switch (limit) {
    case Limit::none:
      return "none";
    case Limit::minute:
      return "minute";
    case Limit::hour:
      return "hour";
    case Limit::day:
      return "day";
    case Limit::month:
      return "month";
    case Limit::recipients:
      return "recipients";
  }
  return "none";
}

Pace::Leave Pace::leave(base::Time now, int segments, Recipient recipient) const {
  const bool stranger = !knows(recipient);
  const int strangers = static_cast<int>(x_spent.recipients.size());
  if (stranger && exceeds(x_limits.recipients_per_month, strangers, 1))
    return {x_midnights.next_month, Limit::recipients};
  if (exceeds(x_limits.per_month, x_spent.month, segments)) return {x_midnights.next_month, Limit::month};
  if (exceeds(x_limits.per_day, x_spent.day, segments)) return {x_midnights.next_day, Limit::day};
  Leave leave{now, Limit::none};
  if (const auto at = room_in(an_hour, x_limits.per_hour, segments, now)) leave = {*at, Limit::hour};
  const auto minute = room_in(a_minute, x_limits.per_minute, segments, now);
  if (minute && *minute > leave.at) leave = {*minute, Limit::minute};
  return leave;
}

Pace::Leave Pace::anything(base::Time now) const {
  const Recipient known = x_spent.recipients.empty() ? 0 : *x_spent.recipients.begin();
  return leave(now, 1, known);
}

int Pace::charged_in(base::Milliseconds window, base::Time now) const {
  const auto& sent = x_spent.hour;
  return static_cast<int>(sent.end() - std::upper_bound(sent.begin(), sent.end(), now - window));
}

// When enough of what went within the window is out of it; nothing: there is room now.
std::optional<base::Time> Pace::room_in(base::Milliseconds window, int limit, int segments, base::Time now) const {
  if (limit <= 0) return std::nullopt;
  const auto& sent = x_spent.hour;
  const int count = charged_in(window, now);
  const int too_many = count + std::min(segments, limit) - limit;
  if (too_many <= 0) return std::nullopt;
  return *(sent.end() - count + (too_many - 1)) + window;
}

void Pace::charge(base::Time at, Recipient recipient) {
  auto& sent = x_spent.hour;
  if (counts_hours(x_limits)) sent.insert(std::upper_bound(sent.begin(), sent.end(), at), at);
  while (!sent.empty() && sent.front() <= at - an_hour) sent.pop_front();
  ++x_spent.day;
  ++x_spent.month;
  if (x_limits.recipients_per_month > 0) x_spent.recipients.insert(recipient);
}

// The recipient stays: another message may have gone to the same one.
void Pace::give_back(base::Time at) {
  auto& sent = x_spent.hour;
  const auto found = std::find(sent.rbegin(), sent.rend(), at);
  if (found != sent.rend()) sent.erase(std::next(found).base());
  x_spent.day = std::max(x_spent.day - 1, 0);
  x_spent.month = std::max(x_spent.month - 1, 0);
}

void Pace::set_back(base::Time now) {
  auto& sent = x_spent.hour;
  for (auto at = sent.rbegin(); at != sent.rend() && *at > now; ++at) *at = now;
}

void Pace::turn(base::Time now, Midnights midnights) {
  x_spent.day = 0;
  if (now >= x_midnights.next_month) {
    x_spent.month = 0;
    x_spent.recipients.clear();
  }
  x_midnights = midnights;
}

std::optional<std::int64_t> Pace::left(Span span) const {
  std::optional<std::int64_t> left;
  if (x_limits.per_day > 0)
    left = std::max(x_limits.per_day - x_spent.day, 0) + std::int64_t{x_limits.per_day} * span.days;
  if (x_limits.per_month > 0) {
    const auto of_month =
        std::max(x_limits.per_month - x_spent.month, 0) + std::int64_t{x_limits.per_month} * span.months;
    left = std::min(left.value_or(of_month), of_month);
  }
  return left;
}

std::vector<Remainder> Pace::remainders(base::Time now) const {
  std::vector<Remainder> all;
  const auto tell = [&](Limit limit, int most, int spent, base::Time renewed) {
    if (most <= 0) return;
    Remainder one{limit, most, std::max(most - spent, 0), std::nullopt};
    if (one.left == 0) one.goes_on_at = renewed;
    all.push_back(one);
  };
  const auto slides = [&](Limit limit, int most, base::Milliseconds window) {
    tell(limit, most, charged_in(window, now), room_in(window, most, 1, now).value_or(now));
  };
  slides(Limit::minute, x_limits.per_minute, a_minute);
  slides(Limit::hour, x_limits.per_hour, an_hour);
  tell(Limit::day, x_limits.per_day, x_spent.day, x_midnights.next_day);
  tell(Limit::month, x_limits.per_month, x_spent.month, x_midnights.next_month);
  const auto recipients = static_cast<int>(x_spent.recipients.size());
  tell(Limit::recipients, x_limits.recipients_per_month, recipients, x_midnights.next_month);
  return all;
}

}  // namespace burstd::message

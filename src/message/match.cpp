#include "message/match.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

namespace burstd::message {

namespace {

// Digits without the zeros that stand for "national" or "international" before them.
std::string significant(const std::string& number) {
  std::string digits;
  std::ranges::copy_if(number, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

using Chosen = std::vector<const Candidate*>;

template <class Which>
Chosen choose(const Chosen& among, Which which) {
  Chosen chosen;
  std::ranges::copy_if(among, std::back_inserter(chosen), which);
  return chosen;
}

Chosen to_the_same(const std::vector<Candidate>& candidates, const Reported& report) {
  Chosen same;
  for (const Candidate& candidate : candidates) {
    if (same_recipient(candidate.recipient, report.recipient)) same.push_back(&candidate);
  }
  return same;
}

Chosen named(const Chosen& among, const Reported& report) {
  return choose(among, [&](const Candidate* one) { return one->reference == report.reference; });
}

bool was_handed_over_then(const Candidate& candidate, const Reported& report) {
  if (!report.submitted_at) return false;
  return *report.submitted_at >= candidate.started_at - clock_before &&
         *report.submitted_at <= candidate.ended_at + clock_after;
}

// Open attempts before closed ones, then the newest.
Match best(const Chosen& equals) {
  const auto likelier = [](const Candidate* one, const Candidate* other) {
    if (one->open != other->open) return one->open;
    return one->started_at > other->started_at;
  };
  if (equals.empty()) return {};
  const auto open = std::ranges::count_if(equals, [](const Candidate* one) { return one->open; });
  return {(*std::ranges::min_element(equals, likelier))->attempt, open > 1};
}

// Nearest to the service centre's time, where that is told apart at all.
Match nearest(Chosen equals, const Reported& report) {
  const auto distance = [&](const Candidate* one) { return std::chrono::abs(one->started_at - *report.submitted_at); };
  const bool any_open = std::ranges::any_of(equals, [](const Candidate* one) { return one->open; });
  if (any_open) equals = choose(equals, [](const Candidate* one) { return one->open; });
  const auto found = std::ranges::min_element(equals, {}, distance);
  return {(*found)->attempt, any_open && equals.size() > 1};
}

}  // namespace

bool same_recipient(const std::string& one, const std::string& other) {
  const std::string a = significant(one), b = significant(other);
  const std::size_t common = std::min({a.size(), b.size(), std::size_t{9}});
  if (common < fewest_digits) return !a.empty() && a == b;
  return a.compare(a.size() - common, common, b, b.size() - common, common) == 0;
}

std::optional<Match> match_by_time(const std::vector<Candidate>& candidates, const Reported& report) {
  const auto then = choose(named(to_the_same(candidates, report), report),
                           [&](const Candidate* one) { return was_handed_over_then(*one, report); });
  if (then.empty()) return std::nullopt;
  return nearest(then, report);
}

Match match(const std::vector<Candidate>& candidates, const Reported& report) {
  if (const auto then = match_by_time(candidates, report)) return *then;
  const auto same = to_the_same(candidates, report);
  const auto nameless = choose(
      same, [&](const Candidate* one) { return !one->reference && one->open && was_handed_over_then(*one, report); });
  if (nameless.size() > 1) return {std::nullopt, true};
  if (nameless.size() == 1) {
    if (nameless.front()->in_flight) return {};
    return {nameless.front()->attempt, false};
  }
  return best(
      choose(named(same, report), [&](const Candidate* one) { return report.received_at <= one->window_ends_at; }));
}

}  // namespace burstd::message

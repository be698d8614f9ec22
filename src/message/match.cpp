#include "message/match.hpp"

#include <algorithm>
#include <chrono>

namespace burstd::message {

namespace {

// Digits without the zeros that stand for "national" or "international" before them.
std::string significant(const std::string& number) {
  std::string digits;
  std::ranges::copy_if(number, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

// Open attempts before closed ones; then the service centre's time nearest to the hand-over, else the newest.
bool likelier(const Candidate& one, const Candidate& other, const Reported& report) {
  if (one.open != other.open) return one.open;
  if (!report.submitted_at) return one.started_at > other.started_at;
  const auto distance = [&](const Candidate& candidate) {
    return std::chrono::abs(candidate.started_at - *report.submitted_at);
  };
  if (distance(one) != distance(other)) return distance(one) < distance(other);
  return one.started_at > other.started_at;
}

}  // namespace

bool same_recipient(const std::string& one, const std::string& other) {
  const std::string a = significant(one), b = significant(other);
  const std::size_t common = std::min({a.size(), b.size(), std::size_t{9}});
  if (common < 7) return !a.empty() && a == b;
  return a.compare(a.size() - common, common, b, b.size() - common, common) == 0;
}

Match match(const std::vector<Candidate>& candidates, const Reported& report) {
  Match result;
  const Candidate* best = nullptr;
  int open = 0;
  for (const Candidate& candidate : candidates) {
    if (candidate.started_at > report.received_at) continue;
    if (!same_recipient(candidate.recipient, report.recipient)) continue;
    open += candidate.open ? 1 : 0;
    if (best == nullptr || likelier(candidate, *best, report)) best = &candidate;
  }
  if (best != nullptr) result.attempt = best->attempt;
  result.ambiguous = open > 1;
  return result;
}

Match match_unreferenced(const std::vector<Candidate>& candidates, const Reported& report) {
  using namespace std::chrono_literals;
  Match result;
  int fitting = 0;
  for (const Candidate& candidate : candidates) {
    const base::Time when = report.submitted_at.value_or(report.received_at);
    const bool in_time = when >= candidate.started_at - 2min && when <= candidate.started_at + 5min;
    if (!candidate.open || !in_time || !same_recipient(candidate.recipient, report.recipient)) continue;
    result.attempt = candidate.attempt;
    ++fitting;
  }
  result.ambiguous = fitting > 1;
  if (result.ambiguous) result.attempt.reset();
  return result;
}

}  // namespace burstd::message

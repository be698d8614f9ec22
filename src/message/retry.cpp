#include "message/retry.hpp"

#include <algorithm>
#include <array>

namespace burstd::message {

namespace {

using namespace std::chrono_literals;

// Five tries within two hours.
constexpr std::array<std::chrono::seconds, most_tries - 1> pauses{30s, 2min, 10min, 1h};

Decision again(const Refusal& refusal, bool other_sim) {
  if (refusal.tries >= most_tries) return {Event::refused_for_good, std::nullopt};
  const auto step = static_cast<std::size_t>(std::max(refusal.tries, 1) - 1);
  const base::Time next = refusal.now + (other_sim ? std::chrono::seconds{5} * refusal.tries : pauses.at(step));
  if (next >= refusal.expires_at) return {Event::refused_for_good, std::nullopt};
  return {Event::refused_for_now, next, other_sim};
}

}  // namespace

Decision decide(const Refusal& refusal) {
  switch (refusal.blame) {
    case base::Blame::recipient:
    case base::Blame::ours:
      return {Event::refused_for_good, std::nullopt};
    case base::Blame::sim:
      return again(refusal, true);
    case base::Blame::transient:
      return again(refusal, false);
    case base::Blame::unknown:
      break;
  }
  if (refusal.before_air) return again(refusal, false);
  return {Event::lost, std::nullopt};
}

}  // namespace burstd::message

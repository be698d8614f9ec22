#include "message/retry.hpp"

#include <algorithm>
#include <array>

namespace burstd::message {

namespace {

using namespace std::chrono_literals;

// Five tries within two hours. Another SIM may take over what this one must not send at once.
constexpr std::array<std::chrono::seconds, most_tries - 1> pauses{30s, 2min, 10min, 1h};
constexpr std::chrono::seconds to_another_sim{5};

Decision again(const Refusal& refusal, std::chrono::seconds first_pause) {
  if (refusal.tries >= most_tries) return {Event::refused_for_good, std::nullopt};
  const auto step = static_cast<std::size_t>(std::max(refusal.tries, 1) - 1);
  const base::Time next = refusal.now + (step == 0 ? first_pause : pauses.at(step));
  if (next >= refusal.expires_at) return {Event::refused_for_good, std::nullopt};
  return {Event::refused_for_now, next};
}

}  // namespace

Decision decide(const Refusal& refusal) {
  switch (refusal.blame) {
    case base::Blame::recipient:
    case base::Blame::ours:
      return {Event::refused_for_good, std::nullopt};
    case base::Blame::sim:
      return again(refusal, to_another_sim);
    case base::Blame::transient:
      return again(refusal, pauses.front());
    case base::Blame::unknown:
      break;
  }
  if (refusal.before_air) return again(refusal, pauses.front());
  return {Event::lost, std::nullopt};
}

}  // namespace burstd::message

#include "gateway/throttle.hpp"

#include <algorithm>

namespace burstd::gateway {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds first_pause = 15s, longest_pause = 2min;

}  // namespace

bool Throttle::judge(const modem::Verdict& verdict) {
  if (std::holds_alternative<modem::Accepted>(verdict)) {
    x_pause = x_pause > first_pause ? x_pause / 2 : 0ms;
    return false;
  }
  const auto* refused = std::get_if<modem::Refused>(&verdict);
  if (refused == nullptr || refused->patience != base::Patience::congested) return false;
  x_pause = std::clamp(2 * x_pause, first_pause, longest_pause);
  return true;
}

}  // namespace burstd::gateway

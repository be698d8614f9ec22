#include "sim/agenda.hpp"

#include <utility>

namespace burstd::sim {

void Agenda::after(base::Milliseconds span, Act act) {
  const auto placed = x_acts.emplace(x_now.steady + span, std::move(act));
  if (placed == x_acts.begin() && x_sooner) x_sooner();
}

void Agenda::advance(base::Now now) {
  x_now = now;
  while (!x_acts.empty() && x_acts.begin()->first <= x_now.steady) {
    const Act act = std::move(x_acts.begin()->second);
    x_acts.erase(x_acts.begin());
    act();
  }
}

std::optional<base::Steady> Agenda::next() const {
  if (x_acts.empty()) return std::nullopt;
  return x_acts.begin()->first;
}

}  // namespace burstd::sim

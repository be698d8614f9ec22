// What will happen later, in order of time: verdicts, reports, reboots. Knows no clock: whoever drives it
// says what time it is, so a test can let an hour pass in no time.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include "base/time.hpp"

namespace burstd::sim {

class Agenda {
 public:
  using Act = std::function<void()>;

  explicit Agenda(base::Now start) : x_now(start) {}

  base::Now now() const { return x_now; }

  // Acts planned for the same moment happen in the order of their planning.
  void after(base::Milliseconds span, Act act);

  // Time has come this far: everything due happens, including what that plans for the same moment.
  void advance(base::Now now);

  std::optional<base::Steady> next() const;

  // Called when an act is planned before all others, so that a driver can wake up sooner.
  void when_sooner(Act act) { x_sooner = std::move(act); }

 private:
  base::Now x_now;
  std::multimap<base::Steady, Act> x_acts;  // equal keys keep their order of insertion
  Act x_sooner;
};

}  // namespace burstd::sim

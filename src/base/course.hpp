// The wall clock's course as the gateway goes by it: it follows small corrections of the machine's clock and no jump,
// so that a wrong hour neither lets a backlog go nor expires it. Pure; async::now() feeds it with the two clocks.
#pragma once

#include <optional>

#include "base/time.hpp"

namespace burstd::base {

class Course {
 public:
  // The largest step that is taken for a correction.
  static constexpr std::chrono::minutes tolerance{2};

  // What time it is, by the machine's wall clock and by the time since it was switched on (sleep included).
  Time at(Milliseconds since_boot, Time wall);

  // By how much the machine's clock was last ahead of the course (or, negative, behind); nothing: they agree.
  std::optional<Milliseconds> apart() const;

  // The machine's clock was right to jump: somebody else tells the same time.
  void follow() { x_course = x_machine; }

 private:
  std::optional<Milliseconds> x_course, x_machine;  // wall time when the machine was switched on
};

}  // namespace burstd::base

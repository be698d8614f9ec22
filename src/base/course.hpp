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

  // At the start: something happened at `floor`, so that a machine's clock that shows less is wrong. Then the course
  // goes on from there, in doubt, until the machine's clock shows more, or somebody tells the time.
  void begin(Milliseconds since_boot, Time wall, Time floor);
  bool doubted() const { return x_doubted; }

  // What time it is, by the machine's wall clock and by the time since it was switched on (sleep included).
  Time at(Milliseconds since_boot, Time wall);

  // By how much the machine's clock was last ahead of the course (or, negative, behind); nothing: they agree.
  std::optional<Milliseconds> apart() const;

  // The machine's clock was right to jump: somebody else tells the same time.
  void follow() {
    x_course = x_machine;
    x_doubted = false;
  }

  // Somebody who knows the time has told it: by that from now on, whatever the machine says.
  void set(Milliseconds since_boot, Time told) {
    x_course = told.time_since_epoch() - since_boot;
    x_doubted = false;
  }

 private:
  bool x_doubted = false;
  std::optional<Milliseconds> x_course, x_machine;  // wall time when the machine was switched on
};

}  // namespace burstd::base

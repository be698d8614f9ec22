#include "base/course.hpp"

namespace burstd::base {

void Course::begin(Milliseconds since_boot, Time wall, Time floor) {
  x_machine = wall.time_since_epoch() - since_boot;
  x_doubted = wall + tolerance < floor;
  x_course = x_doubted ? floor.time_since_epoch() - since_boot : *x_machine;
}

Time Course::at(Milliseconds since_boot, Time wall) {
  x_machine = wall.time_since_epoch() - since_boot;
  if (x_doubted && *x_machine + tolerance >= *x_course) follow();
  if (!x_course || std::chrono::abs(*x_machine - *x_course) <= tolerance) x_course = x_machine;
  return Time{*x_course + since_boot};
}

std::optional<Milliseconds> Course::apart() const {
  if (!x_course || *x_course == *x_machine) return std::nullopt;
  return *x_machine - *x_course;
}

}  // namespace burstd::base

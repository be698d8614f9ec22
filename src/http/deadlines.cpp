#include "http/deadlines.hpp"

#include <algorithm>
#include <utility>

namespace burstd::http {

Deadlines::Entry::Entry(Deadlines& owner, std::function<void()> passed)
    : x_owner(owner), x_passed(std::move(passed)), x_place(owner.x_entries.insert(owner.x_entries.end(), this)) {}

Deadlines::Entry::~Entry() { x_owner.x_entries.erase(x_place); }

void Deadlines::Entry::set(base::Steady when) {
  x_when = when;
  if (when >= x_owner.x_wake) return;
  x_owner.x_wake = when;
  x_owner.x_changed.notify();
}

async::Task<> Deadlines::run() {
  while (!x_stopped) {
    x_wake = sweep(async::now().steady);
    co_await x_changed.wait_until(x_wake);
    x_wake = base::Steady::min();
  }
}

void Deadlines::stop() {
  x_stopped = true;
  x_changed.notify();
}

base::Steady Deadlines::sweep(base::Steady now) {
  base::Steady next = base::Steady::max();
  for (Entry* entry : x_entries) {
    if (entry->x_when <= now) {
      entry->clear();
      entry->x_passed();
    }
    next = std::min(next, entry->x_when);
  }
  return next;
}

}  // namespace burstd::http

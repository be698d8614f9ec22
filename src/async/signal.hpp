// "Something changed, look again": a condition variable for coroutines of one loop. A waiter checks its
// condition, waits, checks again; a notification that nobody waits for is not kept. Also sleep and Gate.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <list>

#include "async/task.hpp"

namespace burstd::async {

class Signal {
 public:
  Signal() = default;
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  // Wakes every coroutine that waits now, on the next turn of the loop.
  void notify();

  Task<> wait();

  // False when `deadline` came first.
  Task<bool> wait_until(base::Steady deadline);

 private:
  struct Waiter {
    boost::asio::steady_timer* timer;
    bool woken = false;
  };
  std::list<Waiter*> x_waiters;
};

Task<> sleep_until(base::Steady when);
Task<> sleep_for(base::Milliseconds span);

// One answer that is given once and may be waited for by many: open ("go") or shut ("do not").
class Gate {
 public:
  enum class Position : std::uint8_t { pending, open, shut };

  void open() { settle(Position::open); }
  void shut() { settle(Position::shut); }
  Position position() const { return x_position; }

  // True when it opened, false when it was shut.
  Task<bool> passed();

 private:
  void settle(Position position);

  Position x_position = Position::pending;
  Signal x_changed;
};

}  // namespace burstd::async

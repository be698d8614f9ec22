// A parent for coroutines that run side by side: spawn() starts children, join() waits for all of them
// and passes on the first exception. The only place that calls co_spawn. A Scope dies only when empty.
#pragma once

#include <cstddef>
#include <exception>

#include "async/signal.hpp"
#include "async/task.hpp"

namespace burstd::async {

class Scope {
 public:
  explicit Scope(Executor executor);
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  ~Scope();  // terminates the process when a child still runs: a joined parent is the rule

  // Starts the child on the next turn of the loop.
  void spawn(Task<> child);

  // Returns when no child runs any more; rethrows the first exception of a child.
  Task<> join();

  // Waits until fewer than `limit` children run, for accept loops that bound their connections.
  Task<> below(std::size_t limit);

  std::size_t size() const { return x_running; }

 private:
  void finished(const std::exception_ptr& failure);

  Executor x_executor;
  Signal x_changed;
  std::size_t x_running = 0;
  std::exception_ptr x_failure;
};

}  // namespace burstd::async

// Looks now and then what has become of a clock that nobody believed: whether the system's is right by now, and whether
// the gateway's own time was set back, so that what was planned by the time before is planned anew. Gateway owns it;
// who may tell the time is gateway/clock's.
#pragma once

#include "async/signal.hpp"
#include "gateway/dispatcher.hpp"

namespace burstd::gateway {

class ClockWatch {
 public:
  explicit ClockWatch(Dispatcher& dispatcher) : x_dispatcher(dispatcher) {}

  async::Task<> run();
  void stop();

 private:
  void look();
  void tell();

  Dispatcher& x_dispatcher;
  async::Signal x_end;
  bool x_doubted = false, x_apart = false;
  bool x_stopped = false;
};

}  // namespace burstd::gateway

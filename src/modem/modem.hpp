// One modem kept alive: opens its port, runs a session, and begins again with growing pauses until it is told to
// stop. Owned by the gateway, one for each configured modem. Decides nothing about messages.
#pragma once

#include <string>
#include <vector>

#include "async/signal.hpp"
#include "async/task.hpp"
#include "modem/board.hpp"
#include "modem/driver.hpp"
#include "modem/link.hpp"
#include "modem/options.hpp"
#include "modem/set_up.hpp"
#include "modem/status.hpp"
#include "serial/port.hpp"

namespace burstd::modem {

class Session;

class Modem {
 public:
  Modem(async::Executor executor, Options options, std::vector<Driver> drivers, Host& host);

  // Returns after stop(), when the last submission has its verdict and the port is closed.
  async::Task<> run();
  void stop();

  // A pause closes the port, so that another program may use the modem.
  void pause();
  void resume();

  const Status& status() const { return x_board.status(); }

 private:
  async::Task<> turn();
  async::Task<> attend(serial::Port port);
  async::Task<> unopened(const base::Error& error);
  async::Task<> back_off();
  async::Task<> wait(base::Milliseconds span);
  bool working() const { return !x_stopping && !x_paused; }
  void leave();

  async::Executor x_executor;
  const Options x_options;
  const std::vector<Driver> x_drivers;
  Host& x_host;
  Board x_board;
  Memory x_memory;
  async::Signal x_wake;
  Session* x_session = nullptr;
  base::Milliseconds x_pause;  // the next pause after trouble
  bool x_stopping = false;
  bool x_paused = false;
  bool x_began = false;
};

}  // namespace burstd::modem

#include "modem/modem.hpp"

#include <algorithm>
#include <utility>

#include "modem/session.hpp"

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds look_for_port = 1s;

Status first_status(const Options& options) {
  Status status;
  status.name = options.name;
  status.port = options.port;
  status.since = async::now().wall;
  return status;
}

// Takes back the pointer by which stop() finds the session, however the session ends.
class Presence {
 public:
  Presence(Session*& place, Session& session) : x_place(place) { x_place = &session; }
  Presence(const Presence&) = delete;
  Presence& operator=(const Presence&) = delete;
  ~Presence() { x_place = nullptr; }

 private:
  Session*& x_place;
};

}  // namespace

Modem::Modem(async::Executor executor, Options options, std::vector<Driver> drivers, Host& host)
    : x_executor(std::move(executor)),
      x_options(std::move(options)),
      x_drivers(std::move(drivers)),
      x_host(host),
      x_board(first_status(x_options), host),
      x_pause(x_options.reopen_first) {}

async::Task<> Modem::run() {
  while (!x_stopping) {
    if (x_paused) {
      x_board.set(State::paused, "Paused by a person. It sends again when it is resumed.");
      co_await x_wake.wait();
    } else {
      co_await turn();
    }
  }
  x_board.set(State::stopped);
}

async::Task<> Modem::turn() {
  serial::Settings settings;
  settings.path = x_options.port;
  settings.baud = x_options.baud;
  auto port = serial::Port::open(x_executor, settings);
  if (port) {
    co_await attend(std::move(*port));
  } else {
    co_await unopened(port.error());
  }
}

async::Task<> Modem::attend(serial::Port port) {
  x_board.set(State::opening, x_board.status().sentence);  // why it is opened again stays to be read
  if (std::exchange(x_began, true)) x_board.note([](Status& status) { ++status.recoveries.reopens; });
  Charge charge{x_options, x_drivers, x_memory, x_board};
  Session session(std::move(port), x_host, charge);
  const Presence presence(x_session, session);
  co_await session.run();
  if (session.was_ready()) x_pause = x_options.reopen_first;
  if (!working()) co_return;
  x_board.set(State::failed, session.why());
  co_await back_off();
}

async::Task<> Modem::unopened(const base::Error& error) {
  if (error.fault == base::Fault::missing) {
    x_board.set(State::absent, error.sentence);
    x_pause = x_options.reopen_first;
    co_return co_await wait(std::min(look_for_port, x_options.reopen_most));
  }
  x_board.set(error.code == "port-busy" ? State::busy : State::failed, error.sentence);
  co_await back_off();
}

// Ends early when the port vanishes: whatever comes back in its place deserves a fresh start. It waits at least once,
// for a path may be such that nothing ever stands there.
async::Task<> Modem::back_off() {
  const base::Steady until = async::now().steady + x_pause;
  x_pause = std::min(x_pause * 2, x_options.reopen_most);
  do {
    const auto left = std::chrono::ceil<base::Milliseconds>(until - async::now().steady);
    co_await wait(std::min(left, look_for_port));
  } while (working() && async::now().steady < until && serial::exists(x_options.port));
}

async::Task<> Modem::wait(base::Milliseconds span) { co_await x_wake.wait_until(async::now().steady + span); }

void Modem::stop() {
  x_stopping = true;
  leave();
}

void Modem::pause() {
  x_paused = true;
  leave();
}

void Modem::resume() {
  x_paused = false;
  x_wake.notify();
}

void Modem::leave() {
  if (x_session != nullptr) x_session->leave();
  x_wake.notify();
}

}  // namespace burstd::modem

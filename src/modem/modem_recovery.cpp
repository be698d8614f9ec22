// The part of Modem that gets a modem going again, rung by rung.
#include <algorithm>
#include <utility>

#include "base/counted.hpp"
#include "modem/modem.hpp"
#include "modem/session.hpp"

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds look_at_port = 1s;
constexpr base::Milliseconds unplugged = 10s;
constexpr base::Milliseconds starting = 2s;  // after a reset, before it is looked for
constexpr base::Milliseconds socket_off = 1s;
constexpr base::Milliseconds look_at_request = 200ms;
constexpr base::Milliseconds longest_request = 15s;
constexpr base::Milliseconds usb_return{30s};

}  // namespace

// Failures while a reset is under way are none.
async::Task<> Modem::recover(std::string why, Trouble trouble) {
  if (away()) {
    x_board.set(State::resetting, "It is starting anew and not ready yet. " + why);
    co_return co_await back_off(x_options.reopen_first);
  }
  Ladder::Means means;
  means.reset = x_memory.driver.has_value() && !x_memory.identity.sim().empty();
  means.burnt = trouble.burnt;
  means.gone = trouble.gone;
  means.usb_reset = x_options.usb_reset && !x_board.status().socket.empty();
  auto climbing = climb(x_ladder.failed(means), std::move(why), trouble.burnt);
  co_await std::move(climbing);
}

async::Task<> Modem::climb(Ladder::Step step, std::string why, bool burnt) {
  x_board.set(State::failed, why);
  if (step.rung == Ladder::Rung::quarantine) {
    auto waiting = quarantine(step.pause, std::move(why), burnt);
    co_return co_await std::move(waiting);
  }
  co_await back_off(step.pause);
  if (!working() || step.rung == Ladder::Rung::reopen) co_return;
  const std::string told = why + " It has failed several times in a row.";
  auto resetting = step.rung == Ladder::Rung::reset ? reset_by_command(told) : reset_by_usb(told);
  co_await std::move(resetting);
}

// Ends early when a person does something, or unplugs it. One that swallows messages may go away by itself when it
// should send; a person takes longer.
async::Task<> Modem::quarantine(base::Milliseconds span, std::string why, bool burnt) {
  const base::Now now = async::now();
  const base::Time next = now.wall + span;
  x_board.note([&](Status& status) {
    ++status.recoveries.quarantines;
    status.next_try = next;
  });
  x_board.set(State::quarantined,
              why + " Opening and resetting it did not help. It is tried again at " + base::to_rfc3339(next) +
                  "; sooner when it is unplugged and plugged in again, or after `burstctl modem reset " +
                  x_options.name + "`.");
  const base::Steady until = now.steady + span;
  const int failures = x_ladder.failures();
  base::Steady there = now.steady;
  while (working() && !x_reset && x_ladder.failures() == failures && async::now().steady < until) {
    co_await wait(look_at_port);
    const auto place = whereabouts();
    const base::Steady looked = async::now().steady;
    if (place && serial::exists(place->port)) there = looked;
    if (looked - there > (burnt ? unplugged : base::Milliseconds{0})) break;
  }
  x_board.note([](Status& status) { status.next_try.reset(); });
}

// Ends early when the port vanishes: whatever comes back in its place deserves a fresh start. It waits at least once,
// for a path may be such that nothing ever stands there.
async::Task<> Modem::back_off(base::Milliseconds span) {
  const base::Steady until = async::now().steady + span;
  const int failures = x_ladder.failures();
  const std::string port = x_board.status().port;
  do {
    const auto left = std::chrono::ceil<base::Milliseconds>(until - async::now().steady);
    co_await wait(std::min(left, look_at_port));
  } while (working() && !x_reset && x_ladder.failures() == failures && async::now().steady < until &&
           serial::exists(port));
}

// The network's own timer first: a reset may cut off a message that is on its way.
async::Task<> Modem::reset_by_command(std::string why) {
  x_board.set(State::resetting, std::move(why) + " It is being reset.");
  co_await await_network_timer();
  const auto place = whereabouts();
  if (!working() || !place) co_return;
  auto terminal = x_finder.take(x_options.name);
  if (!terminal) {
    serial::Settings settings;
    settings.path = place->port;
    settings.baud = x_options.baud;
    auto port = serial::Port::open(x_executor, settings);
    if (!port) co_return co_await unopened(port.error());
    terminal = std::make_unique<Terminal>(std::move(*port), place->port);
  }
  Session session(std::move(terminal), false, charge());
  session.reset();
  co_await hold(session);
  if (session.was_reset()) co_await after_reset();
}

async::Task<> Modem::after_reset() {
  x_reset = false;
  const Driver driver = x_memory.driver.value_or(Driver{});
  x_away_until = async::now().steady + driver.reset_time;
  x_board.note([](Status& status) { ++status.recoveries.resets; });
  x_board.set(State::resetting, "It is starting anew, which may take " +
                                    base::counted(driver.reset_time.count(), "second", "seconds") + ".");
  const base::Steady until = async::now().steady + starting;
  while (working() && async::now().steady < until) co_await x_finder.changed().wait_until(until);
}

async::Task<> Modem::reset_by_usb(std::string why) {
  x_board.set(State::resetting, std::move(why) + " Its USB socket is switched off and on.");
  co_await await_network_timer();
  const std::string socket = x_board.status().socket;
  const auto place = whereabouts();
  if (!working() || !place || place->socket != socket) co_return;
  auto switching = serial::is_switched_by_request(x_folders) ? have_switched(socket) : switch_socket(socket);
  const auto switched = co_await std::move(switching);
  if (!switched) {
    x_board.set(State::failed, switched.error().sentence);
    co_return co_await back_off(x_options.reopen_most);
  }
  x_board.note([](Status& status) { ++status.recoveries.usb_resets; });
  x_away_until = async::now().steady + usb_return;
}

// Never left switched off: not even a stop comes in between.
async::Task<base::Result<void>> Modem::switch_socket(std::string socket) {
  const auto off = serial::switch_off(x_folders, socket);
  if (!off) co_return off;
  co_await async::sleep_for(socket_off);
  co_return serial::switch_on(x_folders, socket);
}

async::Task<base::Result<void>> Modem::have_switched(std::string socket) {
  const auto requested = serial::request_switch(x_folders, socket);
  if (!requested) co_return requested;
  const base::Steady until = async::now().steady + longest_request;
  while (working() && serial::is_requested(x_folders, socket) && async::now().steady < until)
    co_await wait(look_at_request);
  co_return serial::end_request(x_folders, socket);
}

async::Task<> Modem::await_network_timer() {
  const auto unresolved = co_await x_host.unresolved(x_options.name);
  if (!unresolved) co_return;
  const Driver driver = x_memory.driver.value_or(Driver{});
  const base::Milliseconds timer = driver.prompt_timeout + driver.network_timer;
  const auto age = std::clamp<base::Milliseconds>(async::now().wall - unresolved->since, 0ms, timer);
  const base::Steady until = async::now().steady + (timer - age);
  while (working() && async::now().steady < until) {
    const auto left = std::chrono::ceil<base::Milliseconds>(until - async::now().steady);
    co_await wait(left);
  }
}

}  // namespace burstd::modem

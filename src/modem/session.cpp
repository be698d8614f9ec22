#include "modem/session.hpp"

#include <algorithm>
#include <utility>

#include "async/scope.hpp"

namespace burstd::modem {

namespace {

constexpr const char* left_in_order = "The session was ended.";
constexpr const char* network_lost = "The modem has lost its network. It sends again as soon as it is back.";

// Until when the verdict of that attempt may come: the modem gives up before, and so does the network.
base::Steady latest_verdict(const Unresolved& attempt, const Driver& driver) {
  const base::Now now = async::now();
  const base::Milliseconds span = driver.prompt_timeout + driver.submit_timeout + driver.network_timer;
  const auto age = std::clamp<base::Milliseconds>(now.wall - attempt.since, base::Milliseconds{0}, span);
  return now.steady + (span - age);
}

}  // namespace

Session::Session(serial::Port port, Host& host, Charge charge)
    : x_terminal(std::move(port)),
      x_host(host),
      x_charge(charge),
      x_set_up(x_terminal, charge),
      x_courier(x_terminal, host, charge) {}

async::Task<> Session::run() {
  async::Scope scope(co_await async::this_executor());
  scope.spawn(guarded(x_terminal.read()));
  scope.spawn(guarded(x_courier.run()));
  scope.spawn(guarded(keep_alive()));
  scope.spawn(guarded(converse()));
  co_await scope.join();
}

// A child that throws takes the session with it.
async::Task<> Session::guarded(async::Task<> child) {
  try {
    co_await std::move(child);
  } catch (...) {
    x_terminal.end("A fault of this service ended the session.");
    throw;
  }
}

async::Task<> Session::converse() {
  bool going = co_await begin();
  while (going && !x_leaving) {
    going = co_await x_set_up.registered();
    if (!going || x_leaving) break;
    co_await serve();
    going = !x_up && !x_terminal.over();  // down, but not over: the network is gone for a while
    x_up = false;
  }
  co_await x_courier.idle();
  x_terminal.end(left_in_order);
}

async::Task<bool> Session::begin() {
  auto unresolved = co_await x_host.unresolved(x_charge.options.name);
  auto& heard = x_charge.memory.late_verdict;
  if (!unresolved) heard.reset();
  if (heard) unresolved.reset();
  if (unresolved) x_terminal.expect_verdict(latest_verdict(*unresolved, x_set_up.driver()));
  Approach approach(x_terminal, x_set_up.driver());
  const bool answered = co_await approach.run(unresolved);
  if (!answered || x_leaving) co_return false;
  const bool ready = co_await x_set_up.run();
  if (ready) x_courier.begin(x_set_up);
  co_return ready;
}

// The verdict that came before the modem was known goes first, and so do reports that it brought along.
async::Task<> Session::serve() {
  co_await x_courier.idle();
  if (x_terminal.over() || x_leaving) co_return;
  x_up = true;
  x_serving = true;
  x_was_ready = true;
  x_charge.board.set(State::ready, x_set_up.remark());
  co_await x_host.serve(*this);
  x_serving = false;
}

async::Task<Verdict> Session::submit(const Submission& submission) {
  if (!up()) {
    submission.handed.shut();
    co_return NotSent{"The modem takes no messages now."};
  }
  Verdict verdict = co_await x_terminal.submit(submission, x_set_up.driver());
  if (submission.handed.position() == async::Gate::Position::pending) submission.handed.shut();
  count(verdict);
  co_return verdict;
}

void Session::count(const Verdict& verdict) {
  if (!std::holds_alternative<Accepted>(verdict)) return;
  x_charge.board.note([](Status& status) {
    ++status.accepted;
    status.last_accepted = async::now().wall;
  });
}

async::Task<> Session::keep_alive() {
  while (!x_terminal.over()) {
    const bool open = co_await x_terminal.pause(x_charge.options.keep_alive);
    if (!open || !x_up) continue;
    const bool well = co_await x_set_up.still_well();
    if (well || x_terminal.over() || !x_up) continue;
    x_charge.board.set(State::waiting, network_lost);
    lower();
  }
}

void Session::lower() {
  x_up = false;
  x_terminal.ended().notify();
}

void Session::leave() {
  x_leaving = true;
  lower();
  if (!x_serving) x_terminal.end(left_in_order);
}

}  // namespace burstd::modem

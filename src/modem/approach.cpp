#include "modem/approach.hpp"

#include <algorithm>

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds listening = 2s;
constexpr base::Milliseconds listening_slice = 100ms;
constexpr base::Milliseconds gentle_patience = 3s;
constexpr base::Milliseconds patience = 1s;
constexpr base::Milliseconds quiet = 100ms;
constexpr base::Milliseconds most_unrest = 1s;
constexpr int bare_tries = 2;  // then with a line that also ends numeric and silent modes
constexpr base::Milliseconds longest_delay = 60s;

// Until when the verdict of that attempt may come: the modem gives up before, and so does the network.
base::Steady latest_verdict(const Unresolved& attempt, const Driver& driver) {
  const base::Now now = async::now();
  const base::Milliseconds span = driver.prompt_timeout + driver.submit_timeout + driver.network_timer;
  const auto age = std::clamp<base::Milliseconds>(now.wall - attempt.since, base::Milliseconds{0}, span);
  return now.steady + (span - age);
}

at::Command rouse() {
  at::Command command = at::probe();
  command.text = "ATE0V1Q0";
  return command;
}

}  // namespace

async::Task<bool> Approach::run(std::optional<Unresolved> unresolved) {
  if (unresolved) {
    x_terminal.expect_verdict(latest_verdict(*unresolved, x_driver));
    const bool answered = co_await listen(*unresolved);
    if (answered) co_return true;
  }
  if (x_terminal.over()) co_return false;
  const bool awake = co_await wake();
  co_return awake;
}

// The attempt was noted down before AT+CMGS; Ctrl-Z may have gone out as late as the prompt may come.
base::Time Approach::listens_until(const Unresolved& attempt, const Driver& driver) {
  return attempt.since + driver.prompt_timeout + driver.network_timer;
}

async::Task<bool> Approach::listen(Unresolved unresolved) {
  const base::Now now = async::now();
  const base::Milliseconds timer = x_driver.prompt_timeout + x_driver.network_timer;
  const auto left = std::clamp<base::Milliseconds>(listens_until(unresolved, x_driver) - now.wall, 0ms, timer);
  const base::Steady over_in_network = now.steady + left;
  while (!x_terminal.heard_verdict() && async::now().steady < now.steady + listening) {
    const bool open = co_await x_terminal.pause(listening_slice);
    if (!open) co_return false;
  }
  co_await x_terminal.settle(quiet, most_unrest);
  do {
    const bool answered = co_await asked(at::probe(), gentle_patience);
    if (answered) co_return true;
  } while (!x_terminal.over() && !x_terminal.heard_verdict() && async::now().steady < over_in_network);
  co_return false;
}

async::Task<bool> Approach::wake() {
  co_await x_terminal.escape();
  co_await x_terminal.settle(quiet, most_unrest);
  for (const std::string& line : x_driver.first) {
    if (!x_asking_since) x_asking_since = async::now().steady;
    if (!x_terminal.over()) co_await x_terminal.execute(at::plain(line), patience);
  }
  for (int attempt = 0; attempt < x_tries && !x_terminal.over(); ++attempt) {
    at::Command command = attempt < bare_tries ? at::probe() : rouse();
    const bool answered = co_await asked(std::move(command), patience);
    if (answered) co_return true;
  }
  x_terminal.end(
      "Nothing on this port answers to AT. Is it the right port of the modem, and is the modem switched on?");
  co_return false;
}

async::Task<bool> Approach::asked(at::Command command, base::Milliseconds longest) {
  if (!x_asking_since) x_asking_since = async::now().steady;
  const at::Reply reply = co_await x_terminal.execute(std::move(command), longest);
  if (reply.end != at::Reply::End::ok) co_return false;
  if (x_terminal.owed() > 0) co_await catch_up();
  co_await x_terminal.settle(quiet, most_unrest);
  co_return !x_terminal.over();
}

// A slow modem may still answer what was asked before; one that was not listening never will. The answer to a question
// that names itself tells them apart, for answers keep their order.
async::Task<> Approach::catch_up() {
  const auto delay = std::chrono::ceil<base::Milliseconds>(async::now().steady - *x_asking_since);
  const auto longest = std::min(longest_delay, delay * (x_terminal.owed() + 2) + patience);
  co_await x_terminal.execute(at::ask("AT+CMEE?", "+CMEE:"), longest);
  x_terminal.forgive();
}

}  // namespace burstd::modem

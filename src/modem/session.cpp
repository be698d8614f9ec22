#include "modem/session.hpp"

#include <algorithm>
#include <utility>

#include "async/scope.hpp"
#include "modem/sentences.hpp"

namespace burstd::modem {

namespace {

constexpr std::chrono::seconds reset_patience{5};
constexpr const char* left_in_order = "The session was ended.";
constexpr const char* network_lost = "The modem has lost its network. It sends again as soon as it is back.";

}  // namespace

Session::Session(std::unique_ptr<Terminal> terminal, bool answered, Charge charge)
    : x_terminal(std::move(terminal)),
      x_answered(answered),
      x_charge(charge),
      x_set_up(*x_terminal, charge),
      x_health(*x_terminal, charge),
      x_courier(*x_terminal, x_set_up, charge),
      x_more_messages(*x_terminal, charge) {}

async::Task<> Session::run() {
  x_running = true;
  async::Scope scope(co_await async::this_executor());
  scope.spawn(guarded(x_terminal->read()));
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
    x_terminal->end("A fault of this service ended the session.");
    throw;
  }
}

async::Task<> Session::converse() {
  bool going = !x_leaving && co_await begin();
  while (going && !x_leaving) {
    going = co_await x_health.registered();
    if (!going || x_leaving) break;
    const bool same = !x_was_ready || co_await same_sim();
    if (!same) break;
    co_await x_health.ask_number();
    if (x_terminal->over() || x_leaving) break;
    co_await x_health.ask_balance();
    co_await serve();
    going = !x_up && !x_terminal->over();  // down, but not over: the network is gone for a while
    x_up = false;
  }
  co_await x_courier.idle();
  if (x_resetting) co_await tell_to_reset();
  x_terminal->end(left_in_order);
  count_probes();
}

// One that was not asked anything before may stand at a prompt.
async::Task<> Session::tell_to_reset() {
  if (!x_was_ready) co_await x_terminal->escape();
  x_reset_told = !x_terminal->over();
  co_await x_terminal->execute(at::plain(x_set_up.driver().reset), reset_patience);
}

// A network that was lost and is back may be another SIM's: it is set up anew then.
async::Task<bool> Session::same_sim() {
  Interview interview(*x_terminal, x_set_up.driver().command_timeout);
  Identity now;
  co_await interview.subscriber(now);
  const std::string& before = identity().imsi;
  const bool another = !now.imsi.empty() && !before.empty() && now.imsi != before;
  if (another) x_terminal->end("Another SIM is in the modem. It is set up again.");
  co_return !x_terminal->over();
}

async::Task<bool> Session::begin() {
  const bool answered = x_answered || co_await approach();
  if (!answered || x_leaving) co_return false;
  const bool known = co_await x_set_up.meet();
  if (!known) co_return false;
  x_courier.introduce();
  const bool ready = co_await x_set_up.run();
  if (!ready) co_return false;
  x_health.begin(x_set_up.driver().command_timeout, x_set_up.route());
  x_courier.begin();
  co_return true;
}

async::Task<bool> Session::approach() {
  auto unresolved = co_await x_charge.host.unresolved(x_charge.options.name);
  auto& heard = x_charge.memory.late_verdict;
  if (!unresolved) heard.reset();
  if (heard) unresolved.reset();
  if (unresolved) say_what_it_waits_for(*unresolved);
  Approach approach(*x_terminal, x_set_up.driver());
  co_return co_await approach.run(unresolved);
}

// One that stands at its prompt answers nothing, and may not be spoken to before then.
void Session::say_what_it_waits_for(const Unresolved& unresolved) {
  const base::Time until = Approach::listens_until(unresolved, x_set_up.driver());
  const Status& status = x_charge.board.status();
  if (until <= async::now().wall || status.state != State::opening) return;
  std::string sentence = word_awaited(until);
  if (!status.sentence.empty()) sentence = status.sentence + " " + sentence;
  x_charge.board.set(State::opening, std::move(sentence));
}

// The verdict that came before the modem was known goes first, and so do reports that it brought along.
async::Task<> Session::serve() {
  co_await x_courier.idle();
  if (x_terminal->over() || x_leaving) co_return;
  x_up = true;
  x_serving = true;
  x_was_ready = true;
  x_charge.board.set(State::ready, x_health.remark());
  co_await x_charge.host.serve(*this);
  x_serving = false;
}

async::Task<Verdict> Session::submit(const Submission& submission) {
  if (!up()) {
    submission.handed.shut();
    co_return NotSent{"The modem takes no messages now."};
  }
  if (submission.more) co_await x_more_messages.expect(x_set_up.driver());
  Verdict verdict = co_await x_terminal->submit(submission, x_set_up.driver());
  if (submission.handed.position() == async::Gate::Position::pending) submission.handed.shut();
  count(verdict);
  heal(verdict);
  co_return verdict;
}

// What is set up again or restarted is so before the next message. Some modems with a full memory do not even show
// their prompt.
void Session::heal(const Verdict& verdict) {
  switch (x_remedies.after(verdict, x_set_up.driver().codes)) {
    case at::Remedy::none:
      return;
    case at::Remedy::drain:
      return x_courier.drain();
    case at::Remedy::look:
      x_look = true;
      return x_terminal->alarmed().notify();
    case at::Remedy::set_up:
      return leave();
    case at::Remedy::restart:
      return reset();
  }
}

void Session::count(const Verdict& verdict) {
  x_burnt = std::holds_alternative<Unknown>(verdict);
  if (!std::holds_alternative<Accepted>(verdict)) return;
  x_accepted = true;
  x_charge.board.note([](Status& status) {
    ++status.accepted;
    status.last_accepted = async::now().wall;
  });
}

// Every so often, and whenever the modem says something that asks for a look.
async::Task<> Session::keep_alive() {
  base::Steady next = async::now().steady + x_charge.options.keep_alive;
  while (!x_terminal->over()) {
    Alarms alarms = x_terminal->take_alarms();
    if (!alarms.any()) co_await x_terminal->alarmed().wait_until(next);
    if (!alarms.any()) alarms = x_terminal->take_alarms();
    count_probes();
    const bool due = async::now().steady >= next;
    if (due) next = async::now().steady + x_charge.options.keep_alive;
    if (alarms.memory_full) x_courier.drain();
    if (alarms.restarted) x_terminal->end("The modem has restarted by itself. It is set up again.");
    if (!x_up || x_terminal->over()) continue;
    const bool look = std::exchange(x_look, false);
    if (due || look || alarms.registration) co_await examine(due);
  }
}

async::Task<> Session::examine(bool thoroughly) {
  const bool well = co_await x_health.still_well();
  if (x_terminal->over() || !x_up) co_return;
  if (!well) {
    x_charge.board.set(State::waiting, network_lost);
    co_return lower();
  }
  x_charge.board.set(State::ready, x_health.remark());
  if (!thoroughly) co_return;
  const bool filling = co_await x_health.memory_filling();
  if (filling) x_courier.drain();
  co_await x_health.ask_balance();
}

void Session::count_probes() {
  const std::uint64_t more = x_terminal->probes() - x_probes;
  x_probes += more;
  if (more > 0) x_charge.board.note([&](Status& status) { status.recoveries.probes += more; });
}

void Session::lower() {
  x_up = false;
  x_terminal->ended().notify();
}

void Session::leave() {
  x_leaving = true;
  lower();
  if (x_serving || x_resetting) return;
  if (x_set_up.typing()) return x_terminal->end_after_reply(left_in_order);
  x_terminal->end(left_in_order);
}

// In the middle of being set up there is nothing to wait for: the next session resets it.
void Session::reset() {
  x_resetting = x_resetting || x_serving || !x_running;
  leave();
}

}  // namespace burstd::modem

// The parts of SetUp that wait for the SIM, for the modem's message service and for the network.
#include <algorithm>
#include <utility>

#include "at/reply.hpp"
#include "modem/sentences.hpp"
#include "modem/set_up.hpp"

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds pin_patience = 30s;

// A look a second at first, later every five.
base::Milliseconds until_next_look(int looks) { return looks < 30 ? 1s : 5s; }

bool is_pin(const std::string& pin) {
  return pin.size() >= 4 && pin.size() <= 8 && pin.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

async::Task<bool> SetUp::unlock() {
  for (int looks = 0; !x_terminal.over(); ++looks) {
    const at::Reply reply = co_await say(at::ask("AT+CPIN?", "+CPIN:"));
    if (x_terminal.over()) break;
    if (!reply.lines.empty() && at::sim_lock(reply.lines.back()) == at::SimLock::ready) co_return true;
    const bool unheard_of = reply.failure && reply.failure->code < 0;
    if (unheard_of && x_identity.sim().empty()) {
      x_terminal.end(no_modem);
      break;
    }
    std::string sentence = co_await locked(reply);
    if (!sentence.empty()) x_charge.board.set(State::waiting, std::move(sentence));
    co_await x_terminal.pause(until_next_look(looks));
  }
  co_return false;
}

// Why the SIM is not ready; empty when there is hope that it will be at the next look.
async::Task<std::string> SetUp::locked(const at::Reply& reply) {
  const std::string& name = x_charge.options.name;
  if (reply.failure) co_return sim_sentence(*reply.failure);
  if (reply.lines.empty()) co_return std::string();
  const std::string& line = reply.lines.back();
  switch (at::sim_lock(line)) {
    case at::SimLock::pin:
      break;
    case at::SimLock::puk:
      co_return puk_wanted(name);
    default:
      co_return lock_sentence(line);
  }
  const Memory& memory = x_charge.memory;
  if (!x_charge.options.pin) co_return pin_missing(name);
  if (!is_pin(*x_charge.options.pin)) co_return pin_invalid(name);
  const bool accepted_before = !memory.pin_accepted_by.empty() && memory.pin_accepted_by == x_identity.iccid;
  if (memory.pin_typed && !accepted_before) co_return pin_spent(name);
  co_return co_await type_pin();
}

// Noted before it is typed: a PIN without an answer counts as refused.
async::Task<std::string> SetUp::type_pin() {
  Memory& memory = x_charge.memory;
  memory.pin_typed = true;
  memory.pin_accepted_by.clear();
  const at::Reply reply = co_await x_terminal.execute(at::enter_pin(*x_charge.options.pin), pin_patience);
  if (reply.end != at::Reply::End::ok) co_return pin_spent(x_charge.options.name);
  memory.pin_accepted_by = x_identity.iccid;
  co_return std::string();
}

// Modems answer before their message service has started.
async::Task<bool> SetUp::pdu_mode() {
  for (int looks = 0; !x_terminal.over(); ++looks) {
    const at::Reply reply = co_await say(at::plain("AT+CMGF=0"));
    if (x_terminal.over()) break;
    if (!reply.failure) co_return true;
    x_charge.board.set(State::waiting,
                       "The modem's message service has not started yet (" + reply.failure->text + ").");
    co_await x_terminal.pause(until_next_look(looks));
  }
  co_return false;
}

async::Task<bool> SetUp::registered() {
  for (int looks = 0; !x_terminal.over(); ++looks) {
    const bool can_send = co_await look_at_network();
    if (x_terminal.over()) break;
    if (can_send) {
      co_await look_at_operator();
      co_return !x_terminal.over();
    }
    const int stat = x_charge.board.status().registration.value_or(-1);
    x_charge.board.set(State::waiting, registration_sentence(stat));
    co_await x_terminal.pause(until_next_look(looks));
  }
  co_return false;
}

// The circuit-switched and the LTE network are asked; either may carry messages.
async::Task<bool> SetUp::look_at_network() {
  const auto circuit = co_await ask("AT+CREG?", "+CREG:");
  const auto packet = co_await ask("AT+CEREG?", "+CEREG:");
  const auto first = circuit ? at::registration(*circuit) : std::nullopt;
  const auto second = packet ? at::registration(*packet) : std::nullopt;
  const bool by_first = first && at::can_send(*first);
  const bool by_second = second && at::can_send(*second);
  const auto stat = by_second && !by_first ? second : (first ? first : second);
  if (stat != x_charge.board.status().registration)
    x_charge.board.note([&](Status& status) { status.registration = stat; });
  co_return by_first || by_second;
}

async::Task<> SetUp::look_at_operator() {
  co_await say(at::plain("AT+COPS=3,0"));
  const auto name = co_await ask("AT+COPS?", "+COPS:");
  const auto strength = co_await ask("AT+CSQ", "+CSQ:");
  x_charge.board.note([&](Status& status) {
    status.operator_name = name ? at::operator_name(*name) : std::string();
    status.signal = strength ? at::signal_strength(*strength) : std::nullopt;
  });
}

async::Task<bool> SetUp::still_well() {
  const auto strength = co_await ask("AT+CSQ", "+CSQ:");
  const auto signal = strength ? at::signal_strength(*strength) : std::nullopt;
  if (signal != x_charge.board.status().signal) x_charge.board.note([&](Status& status) { status.signal = signal; });
  if (!x_route.empty()) co_await check_route();
  const bool can_send = co_await look_at_network();
  co_return can_send && !x_terminal.over();
}

// A modem that restarts by itself forgets the route, often without a word.
async::Task<> SetUp::check_route() {
  const auto line = co_await ask("AT+CNMI?", "+CNMI:");
  if (line && !at::same_route(x_route, at::report_route(*line)))
    x_terminal.end("The modem has lost its settings; it has probably restarted by itself. It is set up again.");
}

}  // namespace burstd::modem

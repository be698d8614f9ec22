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
constexpr int looks_at_busy_sim = 30;
constexpr int looks_at_nameless_sim = 8;
constexpr int looks_without_card = 3;

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
  if (memory.pin_typed && !accepted_before()) co_return pin_spent(name);
  co_return co_await type_pin();
}

// By the same SIM; where the modem hides the SIM's number until the PIN is typed, in the same modem.
bool SetUp::accepted_before() const {
  const auto& by = x_charge.memory.pin_accepted_by;
  if (!by) return false;
  if (!by->iccid.empty() && !x_identity.iccid.empty()) return by->iccid == x_identity.iccid;
  return !by->imei.empty() && by->imei == x_identity.imei;
}

// Noted before it is typed: a PIN without an answer counts as refused.
async::Task<std::string> SetUp::type_pin() {
  Memory& memory = x_charge.memory;
  memory.pin_typed = true;
  memory.pin_accepted_by.reset();
  x_typed_pin = true;
  const at::Reply reply = co_await x_terminal.execute(at::enter_pin(*x_charge.options.pin), pin_patience);
  if (reply.end != at::Reply::End::ok) co_return pin_spent(x_charge.options.name);
  memory.pin_accepted_by = x_identity;
  co_return std::string();
}

// What some modems tell only when the SIM is unlocked, and some only after a while. Attempts and reports are kept under
// the SIM's name, which must not depend on how soon we asked.
async::Task<> SetUp::read_sim() {
  for (int looks = 1; !x_terminal.over(); ++looks) {
    const bool subscriber_busy = co_await look_at_subscriber();
    const bool card_busy = co_await look_at_card();
    const bool busy = subscriber_busy || card_busy;
    const bool nameless = x_identity.iccid.empty() && x_identity.imsi.empty();
    const int most = busy ? looks_at_busy_sim : nameless ? looks_at_nameless_sim : looks_without_card;
    const bool enough = !busy && !x_identity.iccid.empty();
    if (enough || looks >= most || (nameless && x_identity.imei.empty())) break;
    x_charge.board.set(State::waiting, "The modem does not tell yet which SIM card it has. It is asked again.");
    co_await x_terminal.pause(until_next_look(looks));
  }
  Memory& memory = x_charge.memory;
  const bool same_sim = !x_identity.imsi.empty() && x_identity.imsi == memory.identity.imsi;
  if (x_identity.iccid.empty() && same_sim) x_identity.iccid = memory.identity.iccid;
  if (memory.pin_accepted_by && memory.pin_accepted_by->imei == x_identity.imei && x_typed_pin)
    memory.pin_accepted_by = x_identity;
}

// True when the modem asks for patience.
async::Task<bool> SetUp::look_at_subscriber() {
  if (!x_identity.imsi.empty() || x_terminal.over()) co_return false;
  const at::Reply reply = co_await say(at::ask_digits("+CIMI"));
  x_identity.imsi = at::digits_of(reply.lines);
  co_return reply.failure&& at::is_busy(*reply.failure);
}

async::Task<bool> SetUp::look_at_card() {
  bool busy = false;
  for (const char* name : {"+CCID", "+ICCID", "^ICCID?", "+QCCID"}) {
    if (!x_identity.iccid.empty() || x_terminal.over()) break;
    const at::Reply reply = co_await say(at::ask_digits(name));
    x_identity.iccid = at::card_number(reply.lines);
    busy = busy || (reply.failure && at::is_busy(*reply.failure));
  }
  co_return busy&& x_identity.iccid.empty();
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

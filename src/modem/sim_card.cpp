#include "modem/sim_card.hpp"

#include <utility>

#include "modem/sentences.hpp"

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds pin_patience = 40s;
constexpr int all_tries = 3;
constexpr int last_try = 1;
constexpr int looks_at_busy_sim = 30;
constexpr int looks_at_nameless_sim = 8;
constexpr int looks_without_card = 3;

bool is_pin(const std::string& pin) {
  return pin.size() >= 4 && pin.size() <= 8 && pin.find_first_not_of("0123456789") == std::string::npos;
}

void wants_none(Status& status) { status.wants_pin = false; }

PinEnd end_of(const at::Reply& reply) {
  if (reply.end == at::Reply::End::ok) return PinEnd::accepted;
  return reply.failure ? PinEnd::refused : PinEnd::unanswered;
}

}  // namespace

async::Task<bool> SimCard::unlock(const Identity& identity) {
  for (int looks = 0; !x_terminal.over(); ++looks) {
    const at::Reply reply = co_await x_interview.say(at::ask("AT+CPIN?", "+CPIN:"));
    if (x_terminal.over()) break;
    const bool ready = !reply.lines.empty() && at::sim_lock(reply.lines.back()) == at::SimLock::ready;
    if (ready) {
      x_charge.memory.release.reset();  // it was for this lock
      x_charge.board.note(wants_none);
      co_return true;
    }
    const bool unheard_of = reply.failure && reply.failure->code < 0;
    if (unheard_of && identity.sim().empty()) {
      x_terminal.end(no_modem);
      break;
    }
    std::string sentence = co_await locked(reply, identity);
    if (!sentence.empty()) x_charge.board.set(State::waiting, std::move(sentence));
    co_await x_terminal.pause(until_next_look(looks));
  }
  co_return false;
}

// Why the SIM is not ready; empty when there is hope that it will be at the next look.
async::Task<std::string> SimCard::locked(const at::Reply& reply, const Identity& identity) {
  if (reply.failure) co_return sim_sentence(*reply.failure);
  if (reply.lines.empty()) co_return std::string();
  const std::string& line = reply.lines.back();
  switch (at::sim_lock(line)) {
    case at::SimLock::pin:
      break;
    case at::SimLock::puk:
      co_return puk_wanted(x_charge.options.name);
    default:
      co_return lock_sentence(line);
  }
  auto entering = enter(identity);
  co_return co_await std::move(entering);
}

async::Task<std::string> SimCard::enter(const Identity& identity) {
  const std::string& name = x_charge.options.name;
  const Memory& memory = x_charge.memory;
  const auto release = memory.release;  // as it is now: another one may come while we ask
  if (x_typed && !release) co_return x_charge.board.status().sentence;  // what was said of it holds
  auto pin = release && release->pin ? release->pin : memory.pin ? memory.pin : x_charge.options.pin;
  const auto tries = co_await tries_left();
  x_charge.board.note([&](Status& status) {
    status.pin_tries = tries;
    status.wants_pin = true;
  });
  if (!pin) co_return pin_missing(name);
  if (!is_pin(*pin)) co_return pin_invalid(name);
  const bool few = tries && *tries < all_tries;
  const bool bold = release && (!tries || *tries > last_try || release->last_try);
  if (few && !bold) co_return pin_tries_low(name, *tries);
  auto typing = type(*pin, release.has_value(), identity);
  co_return co_await std::move(typing);
}

// On record before it is typed: without an answer it counts as refused.
async::Task<std::string> SimCard::type(std::string pin, bool by_person, const Identity& identity) {
  const std::string& name = x_charge.options.name;
  const PinLeave leave = co_await x_charge.host.begin_pin(identity, pin, by_person);
  if (!leave.attempt) co_return leave.refusal;
  x_typed = true;
  if (by_person) x_charge.memory.release.reset();
  const at::Reply reply = co_await x_terminal.execute(at::enter_pin(pin), pin_patience);
  const PinEnd end = end_of(reply);
  co_await x_charge.host.end_pin(*leave.attempt, end);
  const auto tries = co_await tries_left();
  x_charge.board.note([&](Status& status) {
    status.pin_tries = tries;
    status.wants_pin = end != PinEnd::accepted;
  });
  if (end == PinEnd::refused) co_return pin_refused(name, tries);
  if (end == PinEnd::unanswered) co_return pin_unanswered(name);
  if (by_person) x_charge.memory.pin = std::move(pin);
  co_return pin_accepted(name);
}

async::Task<std::optional<int>> SimCard::tries_left() {
  if (x_terminal.over()) co_return std::nullopt;
  const PinCounter& counter = x_driver.pin_counter;
  if (!counter.command.empty()) {
    const auto line = co_await x_interview.ask(counter.command, counter.prefix);
    co_return line ? at::number_at(*line, counter.field) : std::nullopt;
  }
  const at::Reply reply = co_await x_interview.say(at::ask("AT+CPINR", "+CPINR:"));
  for (const std::string& line : reply.lines) {
    const bool of_the_pin = line.find("PIN2") == std::string::npos && line.find("PUK") == std::string::npos;
    if (of_the_pin) co_return at::number_at(line, 1);
  }
  co_return std::nullopt;
}

// Attempts and reports are kept under the SIM's name, which must not depend on how soon we asked.
async::Task<> SimCard::read(Identity& identity) {
  for (int looks = 1; !x_terminal.over(); ++looks) {
    const bool subscriber_busy = co_await x_interview.subscriber(identity);
    const bool card_busy = co_await x_interview.card(identity);
    const bool busy = subscriber_busy || card_busy;
    const bool nameless = identity.iccid.empty() && identity.imsi.empty();
    const int most = busy ? looks_at_busy_sim : nameless ? looks_at_nameless_sim : looks_without_card;
    const bool enough = !busy && !identity.iccid.empty();
    if (enough || looks >= most || (nameless && identity.imei.empty())) break;
    x_charge.board.set(State::waiting, "The modem does not tell yet which SIM card it has. It is asked again.");
    co_await x_terminal.pause(until_next_look(looks));
  }
  const Memory& memory = x_charge.memory;
  const bool same_sim = !identity.imsi.empty() && identity.imsi == memory.identity.imsi;
  if (identity.iccid.empty() && same_sim) identity.iccid = memory.identity.iccid;
}

}  // namespace burstd::modem

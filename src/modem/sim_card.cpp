#include "modem/sim_card.hpp"

#include <utility>

#include "modem/sentences.hpp"

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds pin_patience = 40s;
constexpr int all_tries = 3;
constexpr int most_failures = 180;  // some 13 minutes of a SIM that cannot be read
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

async::Task<bool> SimCard::unlock(Identity& identity) {
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
    if (reply.failure && looks >= most_failures) x_terminal.end(sim_sentence(*reply.failure));
    std::string sentence = co_await locked(reply, identity);
    if (!sentence.empty()) x_charge.board.set(State::waiting, std::move(sentence));
    co_await x_terminal.pause(until_next_look(looks));
  }
  co_return false;
}

// Why the SIM is not ready; empty when there is hope that it will be at the next look.
async::Task<std::string> SimCard::locked(const at::Reply& reply, Identity& identity) {
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

async::Task<std::string> SimCard::enter(Identity& identity) {
  const std::string& name = x_charge.options.name;
  const auto release = x_charge.memory.release;
  if (x_typed && !release) co_return x_charge.board.status().sentence;  // what was said of it holds
  auto pin = release && release->pin ? release->pin : x_charge.memory.pin ? x_charge.memory.pin : x_charge.options.pin;
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
  std::string objection = co_await look_again(identity);
  if (!objection.empty() || x_terminal.over()) co_return objection;
  if (release) x_charge.memory.release.reset();
  Key key{*pin, release.has_value()};
  auto typing = type(std::move(key), identity);
  co_return co_await std::move(typing);
}

// The card may have become readable, or been exchanged, while it was waited for. Not a word to one that may not be
// here.
async::Task<std::string> SimCard::look_again(Identity& identity) {
  Identity now = identity;
  now.iccid.clear();
  const bool busy = co_await x_interview.card(now);
  if (busy) co_return "The SIM is still starting.";
  if (!now.iccid.empty()) identity = now;
  const Welcome welcome = co_await x_charge.host.welcome(identity);
  co_return welcome.objection;
}

// On record before it is typed: without an answer it counts as refused.
async::Task<std::string> SimCard::type(Key key, const Identity& identity) {
  const std::string& name = x_charge.options.name;
  const PinLeave leave = co_await x_charge.host.begin_pin(identity, key.pin, key.by_person);
  if (!leave.attempt) co_return leave.refusal;
  x_typed = true;
  const std::uint64_t written = x_terminal.commands();
  x_typing = true;
  const at::Reply reply = co_await x_terminal.execute(at::enter_pin(key.pin), pin_patience);
  x_typing = false;
  const PinEnd end = x_terminal.commands() == written ? PinEnd::not_typed : end_of(reply);
  co_await x_charge.host.end_pin(*leave.attempt, end);
  const auto tries = co_await tries_left();
  x_charge.board.note([&](Status& status) {
    status.pin_tries = tries;
    status.wants_pin = end != PinEnd::accepted;
  });
  if (end == PinEnd::refused) co_return pin_refused(name, tries);
  if (end != PinEnd::accepted) co_return pin_unanswered(name);
  if (key.by_person) x_charge.memory.pin = std::move(key.pin);
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

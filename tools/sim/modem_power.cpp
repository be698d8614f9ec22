// What befalls a modem from outside: power, restarts, faults, another SIM.
#include <utility>

#include "sim/command.hpp"
#include "sim/habits.hpp"
#include "sim/modem.hpp"

namespace burstd::sim {

// Everything that does not outlive a power cut.
void Modem::set_afresh() {
  x_state = State::command;
  x_deaf_until = {};
  forget();
  x_terminal.hung = false;
  x_wedge = Wedge::none;
  x_silenced = false;
  x_inbox.clear();
  x_line.clear();
  x_flight.reset();
  ++x_ticket;
  ++x_power;
}

void Modem::forget() {
  x_terminal.manner = Manner{};
  x_terminal.manner.echo = x_stage.profile.echo != Echo::off;
  x_routing.reset();
  x_ussd.reset();
  radio = Radio{1, radio.registration, 0, 0, "SM"};
  link = KeptLink{};
  x_routing.pause(x_state == State::prompt || x_state == State::waking || deaf());
  sim.lock = x_card->tries == 0 ? Sim::Lock::puk : x_card->pin.empty() ? Sim::Lock::open : Sim::Lock::pin;
}

void Modem::profile() {
  x_terminal.manner = Manner{};
  x_routing.reset();
}

void Modem::power_on() {
  set_afresh();
  come_alive();
}

// The SIM takes its time, and the profile's lines begin.
void Modem::come_alive() {
  const Profile& profile = x_stage.profile;
  x_ready_at = x_stage.agenda.now().steady + profile.waking.sim_busy;
  if (!profile.ready_lines.empty()) {
    x_stage.agenda.after(profile.waking.sim_busy, [this, power = x_power] {
      if (power != x_power || !may_speak()) return;
      for (const auto& line : x_stage.profile.ready_lines) x_terminal.tell(filled(*this, line));
    });
  }
  if (profile.chatter.every.count() > 0 && !profile.chatter.lines.empty()) chat(0);
}

void Modem::chat(std::size_t next) {
  const Chatter& chatter = x_stage.profile.chatter;
  x_stage.agenda.after(chatter.every, [this, next, power = x_power] {
    if (power != x_power) return;
    const auto& lines = x_stage.profile.chatter.lines;
    if (!x_silenced && may_speak()) x_terminal.tell(lines[next]);
    chat((next + 1) % lines.size());
  });
}

// Nothing unsolicited between a prompt and its Ctrl-Z.
bool Modem::may_speak() const {
  return x_state != State::prompt && x_state != State::waking && x_state != State::booting && !deaf();
}

int Modem::registration() const { return radio.function == 1 && sim.lock == Sim::Lock::open ? radio.registration : 0; }

void Modem::set_registration(int stat) {
  radio.registration = stat;
  if (radio.creg > 0) x_terminal.tell("+CREG: " + std::to_string(registration()));
  if (radio.cereg > 0) x_terminal.tell("+CEREG: " + std::to_string(registration()));
}

void Modem::hang(bool hung) {
  x_wedge = Wedge::none;
  x_terminal.hung = hung;
  if (hung) x_routing.closed();
}

void Modem::flood(int lines) {
  for (int line = 0; line < lines; ++line) x_terminal.tell("^RSSI: " + std::to_string(line % 32));
}

void Modem::refuse_at_prompt(int code, int count) {
  faults.at_prompt = Refusal{code, false};
  faults.at_prompt_left = count == 0 ? -1 : count;
}

void Modem::wedge(Wedge wedge) {
  hang(true);
  x_wedge = wedge;
  x_line.clear();
}

// Whoever is wedged softly still restarts when told to, and says nothing to it.
void Modem::listen_for_reset(std::string_view octets) {
  if (x_wedge != Wedge::soft) return;
  for (const char octet : octets) {
    if (octet != '\r') {
      x_line.push_back(octet);
      continue;
    }
    const std::string line = std::exchange(x_line, {});
    const auto start = find_command(line);
    if (start != std::string::npos && is_reset(*this, std::string_view(line).substr(start + 2))) return reboot();
  }
}

void Modem::deafen(base::Milliseconds span) {
  x_deaf_until = x_stage.agenda.now().steady + span;
  x_routing.pause(true);
  x_stage.agenda.after(span, [this, power = x_power] {
    if (power == x_power && !deaf()) wake();
  });
}

void Modem::wake() {
  if (x_state == State::command || x_state == State::air) x_routing.pause(false);
  drain();
}

// What is on the air reaches the network, where nothing else is said, without a word to the daemon.
void Modem::end_flight(bool lose) {
  if (!x_flight) return;
  const Submission flight = *std::exchange(x_flight, std::nullopt);
  if (lose) return x_stage.journal.write(x_identity, "lost", fields_of(flight));
  const auto refusal = x_stage.network.judge(flight);
  if (refusal) return refuse(flight, *refusal);
  const auto early = send(flight);
  if (early) early();
}

void Modem::unplug(bool lose) {
  end_flight(lose);
  x_routing.closed();
  set_afresh();
}

// After the OK of the command that asked for it.
void Modem::reboot() {
  x_stage.agenda.after(base::Milliseconds{0}, [this] { boot(); });
}

void Modem::boot() {
  if (!x_stage.profile.reset_unplugs) return restart();
  x_stage.journal.write(x_identity, "reboot");
  x_wire.reboot();
}

void Modem::restart() {
  x_stage.journal.write(x_identity, "reboot");
  go_down();
  come_up();
}

void Modem::go_down() {
  x_terminal.hung = true;
  end_flight(false);
  x_routing.closed();
  set_afresh();
  x_state = State::booting;
}

void Modem::come_up() {
  x_stage.agenda.after(x_stage.options.boot, [this, power = x_power] {
    if (power != x_power) return;
    x_state = State::command;
    for (const auto& line : x_stage.profile.boot_lines) x_terminal.tell(filled(*this, line));
    come_alive();
  });
}

void Modem::swap_card(const std::string& iccid, bool running) {
  if (running) go_down();
  Card& before = *x_card;
  boost::json::object fields;
  fields["old_iccid"] = x_identity.iccid;
  x_identity.iccid = iccid;
  x_identity.imsi = imsi_of(iccid);
  x_card = &x_stage.network.cards().card(x_identity, x_stage.options.sim_pin);
  x_routing.change_card(before, *x_card);
  fields["iccid"] = iccid;
  x_stage.journal.write(x_identity, "swap_sim", fields);
  forget();
  if (running) come_up();
}

// The patient has read the last part, and writes back after the report.
void Modem::await_answer(const Submit& submit) {
  const std::string text = x_stage.network.rules().answer(submit.to);
  if (text.empty() || (submit.concat && submit.concat->part < submit.concat->total)) return;
  x_stage.agenda.after(2 * x_stage.network.report_delay, [this, text, from = submit.to] {
    const int reference = static_cast<int>(x_stage.network.serial() % 256);
    const auto lines = write_letter({x_identity.smsc, from, text, x_stage.agenda.now().wall, reference});
    if (!lines) return;
    for (const Line& line : *lines) letter(line, from);
  });
}

}  // namespace burstd::sim

#include "sim/modem.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "sim/command.hpp"

namespace burstd::sim {

namespace {

constexpr char carriage_return = '\r';
constexpr char escape = 0x1B;
constexpr char control_z = 0x1A;
constexpr std::size_t longest_command = 512;
constexpr std::size_t longest_pdu = 1024;
constexpr std::size_t largest_inbox = 8192;
constexpr int memory_full = 322;
constexpr int centre_unknown = 330;

bool printable(char octet) { return octet >= 0x20 && octet < 0x7F; }

}  // namespace

Modem::Modem(Stage stage, Identity identity, Wire& wire)
    : x_stage(stage),
      x_identity(std::move(identity)),
      x_wire(wire),
      x_terminal(wire),
      x_routing(stage, x_identity, x_terminal, [this] { return registration() == 1 || registration() == 5; }),
      x_ussd(stage, x_identity, x_terminal, [this] { return x_state == State::air || !may_speak(); }),
      x_card(&stage.network.cards().card(x_identity, stage.options.sim_pin)) {
  x_terminal.line_end = stage.profile.line_end;
  x_terminal.unknown_result = stage.profile.unknown_result;
  power_on();
}

void Modem::note(std::string_view event, const char* field, std::int64_t value) {
  boost::json::object fields;
  fields[field] = value;
  x_stage.journal.write(x_identity, event, fields);
}

void Modem::feed(std::string_view octets) {
  if (x_state == State::booting) return;
  if (x_terminal.hung) return listen_for_reset(octets);
  if (x_state == State::air) note("intrusion", "octets", static_cast<std::int64_t>(octets.size()));
  if (x_inbox.size() + octets.size() > largest_inbox) return;
  x_inbox.append(octets);
  drain();
}

void Modem::spill() {
  x_inbox.clear();
  x_spilled = true;
}

// Whether what was read at this step was lost with its writer after all.
bool Modem::lost(std::string_view step, std::string_view told) {
  x_spilled = false;
  x_stage.journal.mark(x_identity, step, told);
  return std::exchange(x_spilled, false);
}

// What is planned for the machine itself. It waits for the end of a deafness, and is void after a power cut.
void Modem::later(base::Milliseconds span, std::function<void()> act) {
  x_stage.agenda.after(span, [this, ticket = ++x_ticket, act = std::move(act)] { due(ticket, act); });
}

void Modem::due(std::uint64_t ticket, const std::function<void()>& act) {
  if (ticket != x_ticket) return;
  if (!deaf()) return act();
  const auto left = std::chrono::ceil<base::Milliseconds>(x_deaf_until - x_stage.agenda.now().steady);
  x_stage.agenda.after(left, [this, ticket, act] { due(ticket, act); });
}

// While a message is on the air, or the prompt is being prepared, what comes in waits.
void Modem::drain() {
  std::size_t read = 0;
  while (read < x_inbox.size() && !deaf() && (x_state == State::command || x_state == State::prompt)) {
    const char octet = x_inbox[read++];
    if (x_state == State::command) {
      on_command(octet);
    } else {
      on_prompt(octet);
    }
  }
  x_inbox.erase(0, read);
}

void Modem::on_command(char octet) {
  x_terminal.echo(std::string_view(&octet, 1));
  if (octet == carriage_return) return run_line();
  if (octet == '\b' && !x_line.empty()) x_line.pop_back();
  if (printable(octet) && x_line.size() < longest_command) x_line.push_back(octet);
}

void Modem::run_line() {
  const std::string line = std::exchange(x_line, {});
  if (lost("line", line)) return;
  const auto start = find_command(line);
  if (start == std::string::npos) {
    // Not a command: a modem says nothing. Tests want to know of it, for it may be a PDU without a prompt.
    if (!line.empty()) note("stray", "octets", static_cast<std::int64_t>(line.size()));
    return;
  }
  if (x_stage.options.trace) {
    boost::json::object fields;
    fields["line"] = line.substr(start);
    x_stage.journal.write(x_identity, "command", fields);
  }
  const auto latency = x_stage.options.latency;
  if (latency.count() == 0) return obey(std::string_view(line).substr(start + 2));
  x_state = State::thinking;
  later(latency, [this, text = line.substr(start + 2)] {
    x_state = State::command;
    obey(text);
    drain();
  });
}

void Modem::obey(std::string_view commands) {
  x_routing.pause(true);
  const auto outcome = run_commands(*this, commands);
  if (outcome.kind == Outcome::Kind::pending) return;
  x_terminal.finish(outcome);
  if (x_state != State::booting) x_routing.pause(false);
}

std::optional<Outcome> Modem::refusal_at_prompt() {
  const bool full = x_stage.profile.storage.full_stops_sending && x_routing.memories().at("SM").full();
  const bool ordered = faults.at_prompt.code != 0 && faults.at_prompt_left != 0;
  if (!full && !ordered) return std::nullopt;
  if (ordered && faults.at_prompt_left > 0) --faults.at_prompt_left;
  const int code = ordered ? faults.at_prompt.code : memory_full;
  note("refused_at_prompt", "code", code);
  return cms(code);
}

Outcome Modem::begin_submit(int length) {
  if (sim.lock != Sim::Lock::open) return cms(sim.lock == Sim::Lock::pin ? 311 : 316);
  if (const auto refused = refusal_at_prompt()) return *refused;
  if (registration() != 1 && registration() != 5) return cms(331);
  if (length < 7 || length > 176) return cms(304);
  x_length = length;
  link.take_up(x_stage.agenda.now().steady);
  x_state = State::waking;
  if (x_stage.options.prompt.count() == 0) {
    show_prompt();
    return pending();
  }
  later(x_stage.options.prompt, [this] {
    show_prompt();
    drain();
  });
  return pending();
}

void Modem::show_prompt() {
  x_state = State::prompt;
  x_terminal.raw("\r\n> ");
  x_stage.journal.mark(x_identity, "prompt");
}

void Modem::on_prompt(char octet) {
  if (octet == escape) {
    x_stage.journal.write(x_identity, "abandoned");
    return leave_prompt(done());
  }
  if (octet == control_z && lost("control-z")) return;
  if (octet == control_z) return submit();
  x_terminal.echo(std::string_view(&octet, 1));
  if (printable(octet) && x_line.size() < longest_pdu) x_line.push_back(octet);
  x_stage.journal.mark(x_identity, "typed");
}

void Modem::leave_prompt(Outcome outcome) {
  x_line.clear();
  x_state = State::command;
  x_terminal.finish(outcome);
  x_routing.pause(false);
}

void Modem::submit() {
  const std::string pdu = std::exchange(x_line, {});
  const auto read = read_submit(pdu, x_length);
  if (!read) {
    boost::json::object fields;
    fields["code"] = 304;
    fields["why"] = read.error().sentence;
    fields["pdu"] = pdu;
    x_stage.journal.write(x_identity, "invalid", fields);
    return leave_prompt(cms(304));
  }
  x_flight = Submission{*read, pdu, x_card->reference};
  x_card->reference = (x_card->reference + 1) % 256;
  ++x_submitted;
  auto fields = fields_of(*x_flight);
  fields["link"] = link.stands() ? "kept" : "new";
  x_stage.journal.write(x_identity, "submit", fields);
  x_state = State::air;
  x_routing.pause(false);
  const auto air = air_time();
  if (air.count() == 0) return land();
  later(air, [this] {
    land();
    drain();
  });
}

base::Milliseconds Modem::air_time() const {
  const auto air = x_stage.network.air;
  return link.stands() ? air - std::min(air, x_stage.options.link_setup) : air;
}

void Modem::land() {
  const Submission flight = std::move(*x_flight);
  x_flight.reset();
  link.let_go(x_stage.agenda.now().steady);
  x_state = State::command;
  if (x_card->centre.empty() && flight.pdu.starts_with("00")) return refuse(flight, Refusal{centre_unknown, false});
  const auto refusal = x_stage.network.judge(flight);
  if (refusal) return refuse(flight, *refusal);
  accept(flight);
}

std::function<void()> Modem::send(const Submission& flight) {
  const auto deliver = [this, imsi = x_identity.imsi](const Report& report) { arrived(imsi, report); };
  await_answer(flight.submit);
  return x_stage.network.take(x_identity, flight, deliver);
}

// A report goes to the SIM that sent the message, which may be in another modem by now.
void Modem::arrived(const std::string& imsi, const Report& report) {
  if (faults.eat_reports) return x_routing.drop(report, "eaten");
  if (imsi == x_identity.imsi) return x_routing.report(report);
  Identity sender = x_identity;
  sender.imsi = imsi;
  auto fields = fields_of(report);
  fields["why"] = "sim-removed";
  const bool held = x_stage.options.hold_unacknowledged;
  if (held) x_stage.network.mailbox().hold(imsi, report);
  x_stage.journal.write(sender, held ? "report_held" : "report_lost", fields);
}

void Modem::refuse(const Submission& flight, Refusal refusal) {
  auto fields = fields_of(flight);
  fields["code"] = refusal.code;
  fields["sent"] = refusal.sent;
  fields["heard"] = x_terminal.heard();
  x_stage.journal.write(x_identity, "refused", fields);
  const auto early = refusal.sent ? send(flight) : std::function<void()>{};
  x_terminal.finish(cms(refusal.code));
  if (early) early();
}

void Modem::accept(const Submission& flight) {
  const auto early = send(flight);
  const bool before = x_stage.options.early == Early::before;
  if (early && before) early();
  boost::json::object fields;
  fields["mr"] = flight.mr;
  fields["to"] = flight.submit.to;
  fields["serial"] = x_stage.network.serial();
  const bool ordered = std::exchange(faults.swallow, false);
  const bool swallowed = ordered || x_stage.network.rules().swallows(flight.submit.to);
  x_stage.journal.write(x_identity, swallowed ? "swallowed" : x_terminal.heard() ? "verdict" : "verdict_lost", fields);
  if (!swallowed) x_terminal.info("+CMGS: " + std::to_string(flight.mr));
  if (!swallowed) x_stage.journal.mark(x_identity, "told", flight.submit.to);
  if (early && !before) early();
  if (!swallowed) say_ok();
}

void Modem::say_ok() {
  const auto& options = x_stage.options;
  if (options.no_ok) return;
  const auto say = [this] {
    x_terminal.finish(done());
    x_stage.journal.mark(x_identity, "ok");
  };
  if (options.late_ok.count() == 0) return say();
  x_stage.agenda.after(options.late_ok, say);
}

}  // namespace burstd::sim

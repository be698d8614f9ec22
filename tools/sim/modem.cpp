#include "sim/modem.hpp"

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

bool printable(char octet) { return octet >= 0x20 && octet < 0x7F; }

}  // namespace

Modem::Modem(Stage stage, Identity identity, Wire& wire)
    : x_stage(stage),
      x_identity(std::move(identity)),
      x_wire(wire),
      x_terminal(wire),
      x_routing(stage, x_identity, x_terminal) {
  power_on();
}

void Modem::power_on() {
  x_state = State::command;
  x_terminal.manner = Manner{};
  x_terminal.hung = false;
  x_routing.reset();
  sim.lock = sim.lock == Sim::Lock::puk ? Sim::Lock::puk : Sim::Lock::open;
  if (sim.lock == Sim::Lock::open && !x_stage.options.sim_pin.empty()) sim.lock = Sim::Lock::pin;
  radio = Radio{1, radio.registration, 0, 0, "SM"};
  x_inbox.clear();
  x_line.clear();
  x_flight.reset();
  ++x_ticket;
}

void Modem::profile() {
  x_terminal.manner = Manner{};
  x_routing.reset();
}

void Modem::note(std::string_view event, const char* field, std::int64_t value) {
  boost::json::object fields;
  fields[field] = value;
  x_stage.journal.write(x_identity, event, fields);
}

void Modem::feed(std::string_view octets) {
  if (x_terminal.hung || x_state == State::booting) return;
  if (x_state == State::air) note("intrusion", "octets", static_cast<std::int64_t>(octets.size()));
  if (x_inbox.size() + octets.size() > largest_inbox) return;
  x_inbox.append(octets);
  drain();
}

// While a message is on the air, or the prompt is being prepared, what comes in waits.
void Modem::drain() {
  std::size_t read = 0;
  while (read < x_inbox.size() && (x_state == State::command || x_state == State::prompt)) {
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
  x_stage.agenda.after(latency, [this, ticket = ++x_ticket, text = line.substr(start + 2)] {
    if (ticket != x_ticket) return;
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

Outcome Modem::begin_submit(int length) {
  if (sim.lock != Sim::Lock::open) return cms(sim.lock == Sim::Lock::pin ? 311 : 316);
  if (faults.at_prompt.code != 0 && faults.at_prompt_left != 0) {
    if (faults.at_prompt_left > 0) --faults.at_prompt_left;
    note("refused_at_prompt", "code", faults.at_prompt.code);
    return cms(faults.at_prompt.code);
  }
  if (registration() != 1 && registration() != 5) return cms(331);
  if (length < 7 || length > 176) return cms(304);
  x_length = length;
  x_state = State::waking;
  const auto ticket = ++x_ticket;
  if (x_stage.options.prompt.count() == 0) {
    show_prompt();
    return pending();
  }
  x_stage.agenda.after(x_stage.options.prompt, [this, ticket] {
    if (ticket != x_ticket) return;
    show_prompt();
    drain();
  });
  return pending();
}

void Modem::show_prompt() {
  x_state = State::prompt;
  x_terminal.raw("\r\n> ");
}

void Modem::on_prompt(char octet) {
  if (octet == escape) {
    x_stage.journal.write(x_identity, "abandoned");
    return leave_prompt(done());
  }
  if (octet == control_z) return submit();
  x_terminal.echo(std::string_view(&octet, 1));
  if (printable(octet) && x_line.size() < longest_pdu) x_line.push_back(octet);
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
  x_flight = Submission{*read, pdu, x_reference};
  x_reference = (x_reference + 1) % 256;
  ++x_submitted;
  x_stage.journal.write(x_identity, "submit", fields_of(*x_flight));
  x_state = State::air;
  x_routing.pause(false);
  const auto ticket = ++x_ticket;
  const auto air = x_stage.network.air;
  if (air.count() == 0) return land(ticket);
  x_stage.agenda.after(air, [this, ticket] {
    land(ticket);
    drain();
  });
}

void Modem::land(std::uint64_t ticket) {
  if (ticket != x_ticket || !x_flight) return;
  const Submission flight = std::move(*x_flight);
  x_flight.reset();
  x_state = State::command;
  const auto refusal = x_stage.network.judge(flight);
  if (refusal) return refuse(flight, *refusal);
  accept(flight);
}

std::function<void()> Modem::send(const Submission& flight) {
  return x_stage.network.take(x_identity, flight, [this](const Report& report) { x_routing.report(report); });
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
  const bool swallowed = std::exchange(faults.swallow, false);
  x_stage.journal.write(x_identity, swallowed ? "swallowed" : x_terminal.heard() ? "verdict" : "verdict_lost", fields);
  if (!swallowed) x_terminal.info("+CMGS: " + std::to_string(flight.mr));
  if (early && !before) early();
  if (!swallowed) say_ok();
}

void Modem::say_ok() {
  const auto& options = x_stage.options;
  if (options.no_ok) return;
  if (options.late_ok.count() == 0) return x_terminal.finish(done());
  x_stage.agenda.after(options.late_ok, [this] { x_terminal.finish(done()); });
}

int Modem::registration() const { return radio.function == 1 && sim.lock == Sim::Lock::open ? radio.registration : 0; }

void Modem::set_registration(int stat) {
  radio.registration = stat;
  if (radio.creg > 0) x_terminal.info("+CREG: " + std::to_string(registration()));
  if (radio.cereg > 0) x_terminal.info("+CEREG: " + std::to_string(registration()));
}

void Modem::hang(bool hung) {
  x_terminal.hung = hung;
  if (hung) x_routing.closed();
}

void Modem::flood(int lines) {
  for (int line = 0; line < lines; ++line) x_terminal.info("^RSSI: " + std::to_string(line % 32));
}

void Modem::refuse_at_prompt(int code, int count) {
  faults.at_prompt = Refusal{code, false};
  faults.at_prompt_left = count == 0 ? -1 : count;
}

void Modem::unplug(bool lose) {
  if (x_flight) {
    const Submission flight = *x_flight;
    const auto refusal = lose ? std::nullopt : x_stage.network.judge(flight);
    if (lose) x_stage.journal.write(x_identity, "lost", fields_of(flight));
    if (refusal) refuse(flight, *refusal);
    const auto early = lose || refusal ? std::function<void()>{} : send(flight);
    if (early) early();
  }
  x_routing.closed();
  power_on();
}

// After the OK of the command that asked for it.
void Modem::reboot() {
  x_stage.agenda.after(base::Milliseconds{0}, [this] { boot(); });
}

void Modem::boot() {
  x_stage.journal.write(x_identity, "reboot");
  if (x_stage.options.boot_unplugs) return x_wire.reboot();
  x_routing.closed();
  power_on();
  x_state = State::booting;
  x_stage.agenda.after(x_stage.options.boot, [this, ticket = x_ticket] {
    if (ticket != x_ticket) return;
    x_state = State::command;
    x_terminal.info("RDY");
  });
}

}  // namespace burstd::sim

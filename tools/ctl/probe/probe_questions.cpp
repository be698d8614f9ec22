#include "ctl/probe/probe_questions.hpp"

#include <algorithm>
#include <utility>

namespace burstd::ctl {

namespace {

constexpr int most_tries = 10;  // that a counter can tell

std::vector<modem::PinCounter> known_counters(const std::vector<modem::Driver>& drivers) {
  std::vector<modem::PinCounter> counters;
  for (const modem::Driver& driver : drivers) {
    const modem::PinCounter& counter = driver.pin_counter;
    const bool known = std::ranges::find(counters, counter.command, &modem::PinCounter::command) != counters.end();
    if (!counter.command.empty() && !known) counters.push_back(counter);
  }
  return counters;
}

std::optional<int> registered(const std::string& line) {
  return line.empty() ? std::optional<int>() : at::registration(line);
}

std::optional<int> tries_in(const Exchange& exchange) {
  for (const std::string& line : exchange.lines) {
    const bool of_the_pin = line.find("PIN2") == std::string::npos && line.find("PUK") == std::string::npos;
    if (of_the_pin) return at::number_at(line, 1);
  }
  return std::nullopt;
}

}  // namespace

async::Task<modem::Identity> identity_of(ProbeLine& line) {
  modem::Identity identity;
  identity.manufacturer = at::words_of((co_await line.ask(at::ask_words("+CGMI"))).lines);
  identity.model = at::words_of((co_await line.ask(at::ask_words("+CGMM"))).lines);
  identity.revision = at::words_of((co_await line.ask(at::ask_words("+CGMR"))).lines);
  identity.imei = at::digits_of((co_await line.ask(at::ask_digits("+CGSN"))).lines);
  for (const char* name : {"+CCID", "+ICCID", "^ICCID?", "+QCCID"}) {
    if (identity.iccid.empty()) identity.iccid = at::card_number((co_await line.ask(at::ask_digits(name))).lines);
  }
  identity.imsi = at::digits_of((co_await line.ask(at::ask_digits("+CIMI"))).lines);
  co_return identity;
}

async::Task<SimState> sim_of(ProbeLine& line, const std::vector<modem::Driver>& drivers) {
  SimState sim;
  const Exchange lock = co_await line.ask(at::ask("AT+CPIN?", "+CPIN:"));
  sim.told =
      lock.lines.empty() ? lock.result : lock.last().substr(std::min(lock.last().find(':') + 1, lock.last().size()));
  sim.told.erase(0, sim.told.find_first_not_of(' '));
  if (!lock.lines.empty()) sim.lock = at::sim_lock(lock.last());
  sim.standard_tries = tries_in(co_await line.ask(at::ask("AT+CPINR", "+CPINR:")));
  for (const modem::PinCounter& counter : known_counters(drivers)) {
    const std::string told = co_await line.line(counter.command, counter.prefix);
    const auto tries = told.empty() ? std::nullopt : at::number_at(told, counter.field);
    if (tries && *tries <= most_tries) sim.own_tries.emplace_back(counter, *tries);
  }
  co_return sim;
}

async::Task<Network> network_of(ProbeLine& line) {
  Network network;
  network.creg = registered(co_await line.line("AT+CREG?", "+CREG:"));
  network.cgreg = registered(co_await line.line("AT+CGREG?", "+CGREG:"));
  network.cereg = registered(co_await line.line("AT+CEREG?", "+CEREG:"));
  const std::string signal = co_await line.line("AT+CSQ", "+CSQ:");
  if (!signal.empty()) network.signal = at::signal_strength(signal);
  const std::string name = co_await line.line("AT+COPS?", "+COPS:");
  if (!name.empty()) network.operator_name = at::operator_name(name);
  const std::string centre = co_await line.line("AT+CSCA?", "+CSCA:");
  if (!centre.empty()) network.service_centre = at::service_centre(centre);
  co_return network;
}

}  // namespace burstd::ctl

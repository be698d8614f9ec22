// AT+CUSD (27.007, 7.15).
#include <array>
#include <string>

#include "sim/command.hpp"
#include "sim/modem.hpp"

namespace burstd::sim {

namespace {

constexpr int no_network = 30;

Outcome ask_network(Modem& modem, std::string_view code) {
  if (modem.sim.lock != Sim::Lock::open) return cme(modem.sim.lock == Sim::Lock::pin ? 11 : 12);
  if (modem.registration() != 1 && modem.registration() != 5) return cme(no_network);
  modem.ussd().ask(code);
  return done();
}

using Form = Request::Form;

Outcome cusd(Modem& modem, const Request& request) {
  Ussd& ussd = modem.ussd();
  if (request.is(Form::test)) modem.terminal().info("+CUSD: (0-2)");
  if (request.is(Form::read)) modem.terminal().info("+CUSD: " + std::to_string(ussd.presenting));
  if (!request.is(Form::set)) return request.is(Form::execute) ? cme(50) : done();
  const auto parts = split(request.arguments);
  if (parts.front() != "0" && parts.front() != "1" && parts.front() != "2") return cme(50);
  if (parts.front() == "2") {
    ussd.cancel();
    return done();
  }
  ussd.presenting = parts.front() == "1" ? 1 : 0;
  return parts.size() > 1 && !parts[1].empty() ? ask_network(modem, parts[1]) : done();
}

constexpr std::array table{Command{"+CUSD", cusd}};

}  // namespace

std::span<const Command> ussd_commands() { return table; }

}  // namespace burstd::sim

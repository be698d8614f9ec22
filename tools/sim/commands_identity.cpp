// Who the modem is, its radio, its manners: V.25ter and 27.007.
#include <array>
#include <string>

#include "sim/command.hpp"
#include "sim/modem.hpp"
#include "sim/profile.hpp"

namespace burstd::sim {

namespace {

using Form = Request::Form;

// ATE, ATV and ATQ take nothing, 0 or 1.
Outcome flag(const Request& request, bool& value) {
  if (request.arguments.size() > 1 || (!request.arguments.empty() && request.arguments > "1")) return wrong();
  value = request.arguments == "1";
  return done();
}

Outcome set_echo(Modem& modem, const Request& request) {
  bool wanted = false;
  const auto outcome = flag(request, wanted);
  if (outcome.good()) modem.terminal().manner.echo = wanted || modem.stage().profile.echo == Echo::stubborn;
  return outcome;
}

Outcome set_verbose(Modem& modem, const Request& request) { return flag(request, modem.terminal().manner.verbose); }

Outcome set_quiet(Modem& modem, const Request& request) { return flag(request, modem.terminal().manner.quiet); }

Outcome restore(Modem& modem, const Request&) {
  modem.profile();
  return done();
}

Outcome nothing(Modem&, const Request&) { return done(); }

Outcome describe(Modem& modem, const Request&) {
  const Profile& profile = modem.stage().profile;
  modem.terminal().info(profile.manufacturer + "\r\n" + profile.model + "\r\nRevision: " + profile.revision);
  return done();
}

// Commands that only tell something; their test form is answered by OK alone.
Outcome tell(Modem& modem, const Request& request, std::string_view text) {
  if (request.is(Form::test)) return done();
  if (!request.is(Form::execute)) return cme(50);
  modem.terminal().info(text);
  return done();
}

Outcome cgmi(Modem& modem, const Request& request) { return tell(modem, request, modem.stage().profile.manufacturer); }
Outcome cgmm(Modem& modem, const Request& request) { return tell(modem, request, modem.stage().profile.model); }
Outcome cgmr(Modem& modem, const Request& request) { return tell(modem, request, modem.stage().profile.revision); }
Outcome cgsn(Modem& modem, const Request& request) { return tell(modem, request, modem.identity().imei); }

Outcome csq(Modem& modem, const Request& request) {
  const int signal = modem.registration() == 0 ? 99 : modem.identity().signal;
  return tell(modem, request, "+CSQ: " + std::to_string(signal) + ",99");
}

Outcome cmee(Modem& modem, const Request& request) {
  int& value = modem.terminal().manner.cmee;
  if (request.is(Form::test)) modem.terminal().info("+CMEE: (0-2)");
  if (request.is(Form::read)) modem.terminal().info("+CMEE: " + std::to_string(value));
  if (!request.is(Form::set)) return done();
  const auto wanted = numbers(request.arguments);
  if (!wanted || wanted->size() != 1 || wanted->front() < 0 || wanted->front() > 2) return cme(50);
  value = wanted->front();
  return done();
}

Outcome registration(Modem& modem, const Request& request, std::string_view name, int& reporting) {
  const std::string head = std::string(name) + ": ";
  if (request.is(Form::test)) modem.terminal().info(head + "(0-2)");
  if (request.is(Form::read)) {
    modem.terminal().info(head + std::to_string(reporting) + "," + std::to_string(modem.registration()));
  }
  if (!request.is(Form::set)) return request.is(Form::execute) ? cme(50) : done();
  const auto wanted = numbers(request.arguments);
  if (!wanted || wanted->size() != 1 || wanted->front() < 0 || wanted->front() > 2) return cme(50);
  reporting = wanted->front();
  return done();
}

Outcome creg(Modem& modem, const Request& request) { return registration(modem, request, "+CREG", modem.radio.creg); }

Outcome cereg(Modem& modem, const Request& request) {
  return registration(modem, request, "+CEREG", modem.radio.cereg);
}

Outcome cops(Modem& modem, const Request& request) {
  const bool on = modem.registration() == 1 || modem.registration() == 5;
  const std::string name = ",0,\"" + modem.identity().operator_name + "\"";
  if (request.is(Form::read)) modem.terminal().info("+COPS: 0" + (on ? name : std::string{}));
  if (request.is(Form::test)) modem.terminal().info("+COPS: (2,\"" + modem.identity().operator_name + "\",,\"00101\")");
  return request.is(Form::execute) ? cme(50) : done();
}

Outcome cfun(Modem& modem, const Request& request) {
  if (request.is(Form::test)) modem.terminal().info("+CFUN: (0,1,4),(0,1)");
  if (request.is(Form::read)) modem.terminal().info("+CFUN: " + std::to_string(modem.radio.function));
  if (!request.is(Form::set)) return request.is(Form::execute) ? cme(50) : done();
  const auto wanted = numbers(request.arguments);
  if (!wanted || wanted->size() > 2) return cme(50);
  const int function = wanted->front();
  if (function != 0 && function != 1 && function != 4) return cme(50);
  modem.radio.function = function;
  if (wanted->size() == 2 && wanted->back() == 1) modem.reboot();
  return done();
}

Outcome cclk(Modem& modem, const Request& request) {
  if (!request.is(Form::read)) return done();
  if (modem.faults.timeless) {
    modem.terminal().info("+CCLK: \"80/01/06,00:00:16+00\"");
    return done();
  }
  const auto text = base::to_rfc3339(modem.stage().agenda.now().wall);  // 2026-03-01T08:30:00.000Z
  const auto date = text.substr(2, 2) + "/" + text.substr(5, 2) + "/" + text.substr(8, 2);
  modem.terminal().info("+CCLK: \"" + date + "," + text.substr(11, 8) + "+00\"");
  return done();
}

constexpr std::array basics{Command{"E", set_echo}, Command{"V", set_verbose}, Command{"Q", set_quiet},
                            Command{"Z", restore},  Command{"&F", restore},    Command{"&C", nothing},
                            Command{"&D", nothing}, Command{"&W", nothing},    Command{"X", nothing},
                            Command{"I", describe}, Command{"H", nothing}};

constexpr std::array identities{Command{"+CGMI", cgmi}, Command{"+GMI", cgmi},  Command{"+CGMM", cgmm},
                                Command{"+GMM", cgmm},  Command{"+CGMR", cgmr}, Command{"+GMR", cgmr},
                                Command{"+CGSN", cgsn}, Command{"+GSN", cgsn},  Command{"+CSQ", csq},
                                Command{"+CMEE", cmee}, Command{"+CREG", creg}, Command{"+CEREG", cereg},
                                Command{"+COPS", cops}, Command{"+CFUN", cfun}, Command{"+CCLK", cclk}};

}  // namespace

std::span<const Command> basic_commands() { return basics; }
std::span<const Command> identity_commands() { return identities; }

}  // namespace burstd::sim

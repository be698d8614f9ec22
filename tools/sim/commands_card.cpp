// The SIM and its PIN: 27.007.
#include <array>
#include <string>

#include "sim/command.hpp"
#include "sim/modem.hpp"

namespace burstd::sim {

std::string_view lock_name(Sim::Lock lock) {
  constexpr std::array<std::string_view, 3> names{"READY", "SIM PIN", "SIM PUK"};
  return names.at(static_cast<std::size_t>(lock));
}

namespace {

using Form = Request::Form;

Outcome card_locked(const Modem& modem) { return cme(modem.sim.lock == Sim::Lock::pin ? 11 : 12); }

Outcome number(Modem& modem, const Request& request, std::string_view text) {
  if (request.is(Form::test)) return done();
  if (!request.is(Form::execute)) return cme(50);
  modem.terminal().info(text);
  return done();
}

Outcome cimi(Modem& modem, const Request& request) {
  if (modem.sim.lock != Sim::Lock::open) return card_locked(modem);
  return number(modem, request, modem.identity().imsi);
}

// Most modems tell the ICCID without the PIN.
Outcome ccid(Modem& modem, const Request& request) {
  if (modem.hides_card()) return card_locked(modem);
  return number(modem, request.is(Form::read) ? Request{} : request, "+CCID: " + modem.identity().iccid);
}

Outcome cnum(Modem& modem, const Request&) { return modem.sim.lock == Sim::Lock::open ? done() : card_locked(modem); }

Outcome enter_pin(Modem& modem, std::string_view pin) {
  if (modem.sim.lock == Sim::Lock::open) return cme(3);
  if (modem.sim.lock == Sim::Lock::puk) return cme(12);
  Card& card = modem.card();
  const bool right = pin == card.pin;
  card.tries = right ? pin_tries : card.tries - 1;
  if (right) modem.sim.lock = Sim::Lock::open;
  if (card.tries == 0) modem.sim.lock = Sim::Lock::puk;
  boost::json::object fields;
  fields["right"] = right;
  fields["tries"] = card.tries;
  modem.stage().journal.write(modem.identity(), "pin", fields);
  if (right && modem.radio.creg > 0) modem.set_registration(modem.radio.registration);
  return right ? done() : cme(16);
}

Outcome cpin(Modem& modem, const Request& request) {
  if (request.is(Form::set)) return enter_pin(modem, split(request.arguments).front());
  if (request.is(Form::execute)) return cme(50);
  if (request.is(Form::test)) return done();
  modem.terminal().info("+CPIN: " + std::string(lock_name(modem.sim.lock)));
  return modem.stage().profile.pin_state_without_ok ? told() : done();
}

Outcome cpinr(Modem& modem, const Request& request) {
  if (request.is(Form::test)) return done();
  const auto wanted = split(request.arguments).front();
  const auto tell = [&](const std::string& name, int left, int most) {
    if (!wanted.empty() && wanted != name) return;
    modem.terminal().info("+CPINR: " + name + "," + std::to_string(left) + "," + std::to_string(most));
  };
  tell("SIM PIN", modem.card().tries, pin_tries);
  tell("SIM PUK", modem.card().puk_tries, 10);
  return done();
}

constexpr std::array cards{Command{"+CIMI", cimi}, Command{"+CCID", ccid}, Command{"+ICCID", ccid},
                           Command{"+CNUM", cnum}, Command{"+CPIN", cpin}, Command{"+CPINR", cpinr}};

}  // namespace

std::span<const Command> card_commands() { return cards; }

}  // namespace burstd::sim

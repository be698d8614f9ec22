#include "modem/set_up.hpp"

#include <utility>

#include "modem/recognise.hpp"
#include "modem/sentences.hpp"

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds until_asked_again = 2s;
constexpr int most_looks = 180;  // some 13 minutes at the message service
const std::vector<std::string> tell_of_network{"AT+CREG=1", "AT+CEREG=1"};

}  // namespace

SetUp::SetUp(Terminal& terminal, Charge charge)
    : x_terminal(terminal),
      x_charge(charge),
      x_driver(charge.memory.driver.value_or(first_driver(charge.drivers, charge.options.driver))),
      x_interview(terminal, x_driver.command_timeout) {}

async::Task<bool> SetUp::meet() {
  x_charge.board.set(State::setting_up);
  co_await x_interview.greet();
  co_await identify();
  co_await say_all(x_driver.first);
  co_await say_all(x_driver.setup);
  if (!x_charge.board.status().usb.empty()) co_await say_all(x_driver.usb_setup);
  const bool known = co_await know_sim();
  co_return known;
}

async::Task<bool> SetUp::run() {
  const bool ready = co_await pdu_mode();
  if (!ready) co_return false;
  ReportRoutes routes(x_terminal, x_charge, x_driver);
  x_route = co_await routes.choose();
  const bool has_centre = co_await service_centre();
  co_await say_all(tell_of_network);
  co_return has_centre && !x_terminal.over();
}

async::Task<> SetUp::say_all(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    if (!x_terminal.over()) co_await x_interview.say(at::plain(line));
  }
}

async::Task<> SetUp::identify() {
  x_identity = co_await x_interview.hardware();
  x_driver = recognise(x_charge.drivers, x_charge.options.driver, x_identity, x_charge.board.status().usb);
  x_charge.memory.driver = x_driver;
  x_interview = Interview(x_terminal, x_driver.command_timeout);
  x_terminal.attune(x_driver);
  co_await x_interview.card(x_identity);
  publish();
}

// Nothing is done to a SIM that may not be used here; what a modem tells only of an unlocked one is judged then.
async::Task<bool> SetUp::know_sim() {
  const bool welcome = co_await admitted();
  if (!welcome) co_return false;
  SimCard& sim = x_sim.emplace(x_terminal, x_charge, x_driver);
  const bool unlocked = co_await sim.unlock(x_identity);
  if (!unlocked) co_return false;
  if (sim.typed()) co_await say_all(x_driver.first);
  co_await sim.read(x_identity);
  if (!x_terminal.over() && x_identity.sim().empty()) x_terminal.end(no_modem);
  publish();
  const bool still_welcome = co_await admitted();
  if (!x_identity.sim().empty()) x_charge.memory.identity = x_identity;
  publish();
  co_return still_welcome;
}

async::Task<bool> SetUp::admitted() {
  while (!x_terminal.over()) {
    Welcome welcome = co_await x_charge.host.welcome(x_identity);
    if (x_identity.iccid.empty()) x_identity.iccid = welcome.iccid;
    if (welcome.objection.empty()) co_return true;
    x_charge.board.set(State::waiting, std::move(welcome.objection));
    co_await x_terminal.pause(until_asked_again);
    if (!x_terminal.over()) co_await look_at_sim_again();
  }
  co_return false;
}

// The right one may have been put back.
async::Task<> SetUp::look_at_sim_again() {
  Identity now = x_identity;
  now.iccid.clear();
  co_await x_interview.card(now);
  if (now.iccid.empty() || now.iccid == x_identity.iccid) co_return;
  const bool told = !now.imsi.empty();
  now.imsi.clear();
  if (told) co_await x_interview.subscriber(now);
  x_identity = now;
  publish();
}

void SetUp::publish() {
  x_charge.board.note([&](Status& status) {
    status.driver = x_driver.name;
    status.identity = x_identity;
  });
}

// Modems answer before their message service has started.
async::Task<bool> SetUp::pdu_mode() {
  for (int looks = 0; !x_terminal.over(); ++looks) {
    const at::Reply reply = co_await x_interview.say(at::plain("AT+CMGF=0"));
    if (x_terminal.over()) break;
    if (!reply.failure) co_return true;
    if (looks >= most_looks)
      x_terminal.end("The modem's message service does not start (" + reply.failure->text + ").");
    x_charge.board.set(State::waiting,
                       "The modem's message service has not started yet (" + reply.failure->text + ").");
    co_await x_terminal.pause(until_next_look(looks));
  }
  co_return false;
}

// Messages name no service centre of their own: the SIM's is used. A modem that does not tell it is believed to have
// it.
async::Task<bool> SetUp::service_centre() {
  for (int looks = 0; !x_terminal.over(); ++looks) {
    const auto line = co_await x_interview.ask("AT+CSCA?", "+CSCA:");
    const std::string centre = line ? at::service_centre(*line) : std::string();
    x_charge.board.note([&](Status& status) { status.service_centre = centre; });
    if (!line || !centre.empty()) break;
    x_charge.board.set(State::waiting, centre_missing(x_charge.options.name));
    co_await x_terminal.pause(until_next_look(looks));
  }
  co_return !x_terminal.over();
}

}  // namespace burstd::modem

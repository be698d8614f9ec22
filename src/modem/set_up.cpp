#include "modem/set_up.hpp"

#include <utility>

#include "at/reply.hpp"
#include "modem/recognise.hpp"
#include "modem/sentences.hpp"

namespace burstd::modem {

SetUp::SetUp(Terminal& terminal, Charge charge)
    : x_terminal(terminal),
      x_charge(charge),
      x_driver(charge.memory.driver.value_or(first_driver(charge.drivers, charge.options.driver))) {}

async::Task<bool> SetUp::run() {
  x_charge.board.set(State::setting_up);
  co_await say(at::plain("ATE0V1Q0"));
  co_await say(at::plain("AT+CMEE=1"));
  co_await identify();
  for (const std::string& line : x_driver.setup) {
    if (!x_terminal.over()) co_await say(at::plain(line));
  }
  const bool unlocked = co_await unlock();
  if (!unlocked) co_return false;
  co_await read_sim();
  if (!x_terminal.over() && x_identity.sim().empty()) x_terminal.end(no_modem);
  publish();
  const bool ready = co_await pdu_mode();
  if (!ready) co_return false;
  co_await route_reports();
  co_await message_service();
  co_return !x_terminal.over();
}

async::Task<at::Reply> SetUp::say(at::Command command) {
  auto saying = x_terminal.insist(std::move(command), x_driver.command_timeout);
  co_return co_await std::move(saying);
}

// The last line of the answer; nothing when the modem refuses.
async::Task<std::optional<std::string>> SetUp::ask(std::string text, std::string prefix) {
  auto asking = say(at::ask(std::move(text), std::move(prefix)));
  const at::Reply reply = co_await std::move(asking);
  if (reply.failure || reply.lines.empty()) co_return std::nullopt;
  co_return reply.lines.back();
}

async::Task<> SetUp::identify() {
  x_identity.manufacturer = at::words_of((co_await say(at::ask_words("+CGMI"))).lines);
  x_identity.model = at::words_of((co_await say(at::ask_words("+CGMM"))).lines);
  x_identity.revision = at::words_of((co_await say(at::ask_words("+CGMR"))).lines);
  x_identity.imei = at::digits_of((co_await say(at::ask_digits("+CGSN"))).lines);
  x_driver = recognise(x_charge.drivers, x_charge.options.driver, x_identity);
  x_charge.memory.driver = x_driver;
  x_terminal.ignore(x_driver.ignore);
  for (const char* name : {"+CCID", "+ICCID", "^ICCID?", "+QCCID"}) {
    if (!x_identity.iccid.empty() || x_terminal.over()) break;
    x_identity.iccid = at::digits_of((co_await say(at::ask_digits(name))).lines);
  }
  publish();
}

// What some modems tell only when the SIM is unlocked.
async::Task<> SetUp::read_sim() {
  x_identity.imsi = at::digits_of((co_await say(at::ask_digits("+CIMI"))).lines);
  if (x_identity.iccid.empty()) x_identity.iccid = at::digits_of((co_await say(at::ask_digits("+CCID"))).lines);
}

void SetUp::publish() {
  if (!x_identity.sim().empty()) x_charge.memory.identity = x_identity;
  x_charge.board.note([&](Status& status) {
    status.driver = x_driver.name;
    status.identity = x_identity;
  });
}

// Some modems of long ago know no +CSMS; then nothing is acknowledged.
async::Task<> SetUp::message_service() {
  co_await say(at::ask("AT+CSMS=0", "+CSMS:"));
  const auto line = co_await ask("AT+CSMS?", "+CSMS:");
  x_acknowledges = line && at::message_service(*line) == 1;
}

async::Task<> SetUp::route_reports() {
  std::string accepted;
  x_route.clear();
  for (const std::string& route : x_driver.report_routes) {
    if (x_terminal.over()) co_return;
    const at::Reply reply = co_await say(at::plain("AT+CNMI=" + route));
    if (reply.failure) continue;
    if (accepted.empty()) accepted = route;
    const bool reads_back = co_await try_route(route);
    if (reads_back) {
      accepted = route;
      break;
    }
  }
  // One that was accepted but cannot be read back is better than none.
  if (x_route.empty() && !accepted.empty()) co_await say(at::plain("AT+CNMI=" + accepted));
  x_charge.board.note([&](Status& status) { status.report_route = accepted; });
}

async::Task<bool> SetUp::try_route(const std::string& route) {
  const auto line = co_await ask("AT+CNMI?", "+CNMI:");
  if (!line || !at::same_route(route, at::report_route(*line))) co_return false;
  x_route = at::report_route(*line);
  co_return true;
}

}  // namespace burstd::modem

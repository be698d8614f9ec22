#include "modem/set_up.hpp"

#include <utility>

#include "at/reply.hpp"
#include "modem/recognise.hpp"
#include "modem/sentences.hpp"

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr int most_looks = 10;
constexpr base::Milliseconds between_looks = 1s;

}  // namespace

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
  if (!x_identity.sim().empty()) x_charge.memory.identity = x_identity;
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

// The same, again and again while the modem says that it is busy.
async::Task<at::Reply> SetUp::say_patiently(at::Command command) {
  for (int looks = 1;; ++looks) {
    at::Reply reply = co_await say(command);
    const bool busy = reply.failure && at::is_busy(*reply.failure);
    if (!busy || looks == most_looks || x_terminal.over()) co_return reply;
    co_await x_terminal.pause(between_looks);
  }
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
  co_await look_at_card();
  publish();
}

void SetUp::publish() {
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

}  // namespace burstd::modem

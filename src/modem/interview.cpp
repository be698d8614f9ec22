#include "modem/interview.hpp"

#include <utility>

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr int most_looks = 10;
constexpr base::Milliseconds between_looks = 1s;

}  // namespace

base::Milliseconds until_next_look(int looks) { return looks < 30 ? 1s : 5s; }

async::Task<at::Reply> Interview::say(at::Command command) {
  auto saying = x_terminal->insist(std::move(command), x_patience);
  co_return co_await std::move(saying);
}

async::Task<at::Reply> Interview::say_patiently(at::Command command) {
  for (int looks = 1;; ++looks) {
    at::Reply reply = co_await say(command);
    const bool busy = reply.failure && at::is_busy(*reply.failure);
    if (!busy || looks == most_looks || x_terminal->over()) co_return reply;
    co_await x_terminal->pause(between_looks);
  }
}

async::Task<std::optional<std::string>> Interview::ask(std::string text, std::string prefix) {
  auto asking = say(at::ask(std::move(text), std::move(prefix)));
  const at::Reply reply = co_await std::move(asking);
  if (reply.failure || reply.lines.empty()) co_return std::nullopt;
  co_return reply.lines.back();
}

async::Task<> Interview::greet() {
  co_await say(at::plain("ATE0V1Q0"));
  co_await say(at::plain("AT+CMEE=1"));
}

async::Task<Identity> Interview::hardware() {
  Identity identity;
  identity.manufacturer = at::words_of((co_await say(at::ask_words("+CGMI"))).lines);
  identity.model = at::words_of((co_await say(at::ask_words("+CGMM"))).lines);
  identity.revision = at::words_of((co_await say(at::ask_words("+CGMR"))).lines);
  identity.imei = at::digits_of((co_await say(at::ask_digits("+CGSN"))).lines);
  co_return identity;
}

async::Task<bool> Interview::card(Identity& identity) {
  bool busy = false;
  for (const char* name : {"+CCID", "+ICCID", "^ICCID?", "+QCCID"}) {
    if (!identity.iccid.empty() || x_terminal->over()) break;
    const at::Reply reply = co_await say(at::ask_digits(name));
    identity.iccid = at::card_number(reply.lines);
    busy = busy || (reply.failure && at::is_busy(*reply.failure));
  }
  co_return busy&& identity.iccid.empty();
}

async::Task<bool> Interview::subscriber(Identity& identity) {
  if (!identity.imsi.empty() || x_terminal->over()) co_return false;
  const at::Reply reply = co_await say(at::ask_digits("+CIMI"));
  identity.imsi = at::digits_of(reply.lines);
  co_return reply.failure&& at::is_busy(*reply.failure);
}

}  // namespace burstd::modem

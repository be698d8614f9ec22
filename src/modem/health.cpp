#include "modem/health.hpp"

#include <utility>

#include "modem/sentences.hpp"

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t flood = 300;  // lines that say nothing, between two looks
constexpr base::Milliseconds balance_patience = 45s;
constexpr const char* own_number = "AT+CNUM";
constexpr int asks_back = 1;  // <m> of +CUSD: the network waits for an answer
constexpr int full_tenths = 8;
constexpr std::chrono::minutes longest_search{15};
constexpr int denied = 3;                                // <stat>: only the operator can help
constexpr std::chrono::minutes until_balance_again{10};  // after an answer that did not come

bool can_send(std::optional<int> stat) { return stat && at::can_send(*stat); }

}  // namespace

void Health::begin(base::Milliseconds patience, Route route) {
  x_interview = Interview(x_terminal, patience);
  x_patience = patience;
  x_route = std::move(route);
  x_chatter = x_terminal.chatter();
}

async::Task<bool> Health::registered() {
  const base::Steady start = async::now().steady;
  for (int looks = 0; !x_terminal.over(); ++looks) {
    const bool can = co_await look_at_network();
    if (x_terminal.over()) break;
    if (can) {
      co_await look_at_operator();
      co_return !x_terminal.over();
    }
    co_await look_at_sim();
    if (x_terminal.over()) break;
    const int stat = x_charge.board.status().registration.value_or(-1);
    x_charge.board.set(State::waiting, registration_sentence(stat));
    if (async::now().steady - start >= longest_search && stat != denied) co_return give_up_search();
    co_await x_terminal.alarmed().wait_until(async::now().steady + until_next_look(looks));
  }
  co_return false;
}

// One that has restarted by itself says of the network only that it has none.
async::Task<> Health::look_at_sim() {
  const auto line = co_await x_interview.ask("AT+CPIN?", "+CPIN:");
  if (line && at::sim_lock(*line) != at::SimLock::ready)
    x_terminal.end("The SIM is locked again; the modem has probably restarted by itself. It is set up again.");
}

// A radio that searches for ever may find its network after a reset.
bool Health::give_up_search() {
  x_terminal.end("The modem has searched for its network in vain. It is opened again.");
  return false;
}

// The circuit-switched, the packet-switched and the LTE network are asked; any of them may carry messages. The state
// shown is that of one that does, else the first that is told.
async::Task<bool> Health::look_at_network() {
  std::optional<int> shown;
  bool can = false;
  for (const char* name : {"CREG", "CEREG", "CGREG"}) {
    if (can || x_terminal.over()) break;
    const auto stat = co_await stat_of(name);
    can = can_send(stat);
    if (can || !shown) shown = stat;
  }
  if (shown != x_charge.board.status().registration)
    x_charge.board.note([&](Status& status) { status.registration = shown; });
  co_return can;
}

async::Task<std::optional<int>> Health::stat_of(std::string name) {
  const auto line = co_await x_interview.ask("AT+" + name + "?", "+" + name + ":");
  co_return line ? at::registration(*line) : std::nullopt;
}

async::Task<> Health::look_at_operator() {
  co_await x_interview.say(at::plain("AT+COPS=3,0"));
  const auto name = co_await x_interview.ask("AT+COPS?", "+COPS:");
  x_charge.board.note([&](Status& status) { status.operator_name = name ? at::operator_name(*name) : std::string(); });
  co_await look_at_signal();
  co_await look_at_time();
}

async::Task<> Health::look_at_signal() {
  const auto strength = co_await x_interview.ask("AT+CSQ", "+CSQ:");
  const auto signal = strength ? at::signal_strength(*strength) : std::nullopt;
  if (signal != x_charge.board.status().signal) x_charge.board.note([&](Status& status) { status.signal = signal; });
}

// A network that tells the time sets the modem's clock; where none does, the modem shows that of its making.
async::Task<> Health::look_at_time() {
  if (x_terminal.over() || !x_charge.host.wants_time()) co_return;
  const auto line = co_await x_interview.ask("AT+CCLK?", "+CCLK:");
  const auto told = line ? at::network_time(*line) : std::nullopt;
  if (told) x_charge.host.network_time(*told);
}

async::Task<bool> Health::still_well() {
  const std::uint64_t heard = x_terminal.chatter() - std::exchange(x_chatter, x_terminal.chatter());
  x_flooded = heard > flood;
  co_await look_at_signal();
  co_await look_at_time();
  if (!x_route.reads.empty()) co_await check_route();
  const bool can = co_await look_at_network();
  co_return can && !x_terminal.over();
}

// A modem that restarts by itself forgets the route, often without a word.
async::Task<> Health::check_route() {
  const auto line = co_await x_interview.ask("AT+CNMI?", "+CNMI:");
  if (line && !at::same_route(x_route.reads, at::report_route(*line)))
    x_terminal.end("The modem has lost its settings; it has probably restarted by itself. It is set up again.");
}

async::Task<bool> Health::memory_filling() {
  const at::Reply reply = co_await x_terminal.insist(at::ask("AT+CPMS?", "+CPMS:"), storage_patience);
  if (reply.failure || reply.lines.empty()) co_return false;
  for (const at::MemoryUse& use : at::memory_use(reply.lines.front())) {
    if (use.total > 0 && use.used * 10 >= use.total * full_tenths) co_return true;
  }
  co_return false;
}

// Most SIMs do not know it, and nothing depends on it: a modem that says nothing at all to it is not asked again.
async::Task<> Health::ask_number() {
  if (x_number_told || x_charge.memory.number_hangs || !x_charge.options.number.empty()) co_return;
  const at::Reply reply = co_await x_terminal.execute(at::ask(own_number, "+CNUM:"), x_patience);
  x_number_told = !reply.failure || !at::is_busy(*reply.failure);
  const std::string number = at::own_number(reply.lines);
  if (number != x_charge.board.status().number) x_charge.board.note([&](Status& status) { status.number = number; });
  if (reply.end != at::Reply::End::timed_out || x_terminal.over()) co_return;
  x_charge.memory.number_hangs = true;
  co_await x_terminal.outlive(own_number);
}

async::Task<> Health::ask_balance() {
  const Balance& balance = x_charge.options.balance;
  const base::Time now = async::now().wall;
  auto& asked = x_charge.memory.balance_asked;
  if (balance.code.empty() || (asked && now - *asked < balance.every)) co_return;
  asked = now - balance.every + until_balance_again;
  x_terminal.forget_service_answer();
  const at::Reply reply = co_await x_terminal.execute(at::ask_service(balance.code), balance_patience);  // never twice
  if (reply.failure || x_terminal.over()) co_return;
  const auto answer = co_await x_terminal.service_answer(balance_patience);
  if (!answer || answer->text.empty()) co_return;
  if (answer->status == asks_back) co_await x_interview.say(at::plain("AT+CUSD=2"));
  asked = now;
  Credit credit = x_charge.host.credit(answer->text, answer->coding);
  credit.accepted_before = x_charge.board.status().accepted;
  x_charge.board.note([&](Status& status) { status.credit = credit; });
}

std::string Health::remark() {
  if (x_flooded) return flooded(x_terminal.last_chatter());
  return x_route.way == ReportWay::none ? cost_of(x_route) : std::string();
}

}  // namespace burstd::modem

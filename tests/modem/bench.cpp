#include "bench.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <filesystem>
#include <stdexcept>
#include <utility>

namespace burstd::modem {

using namespace std::chrono_literals;

namespace {

int open_master() {
  const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (master < 0 || ::grantpt(master) != 0 || ::unlockpt(master) != 0) throw std::runtime_error("no pseudo-terminal");
  termios mode{};
  ::tcgetattr(master, &mode);
  ::cfmakeraw(&mode);
  ::tcsetattr(master, TCSANOW, &mode);
  return master;
}

std::map<std::string, std::string> usual_answers() {
  return {
      {"AT", ""},
      {"ATE0V1Q0", ""},
      {"AT+CMEE=1", ""},
      {"AT+CMEE?", "+CMEE: 1\r\n"},
      {"AT+CGMI", "Example Modems\r\n"},
      {"AT+CGMM", "X100\r\n"},
      {"AT+CGMR", "1.0\r\n"},
      {"AT+CGSN", "490154203237518\r\n"},
      {"AT+CIMI", "262011234567890\r\n"},
      {"AT+CCID", "+CCID: \"8949012345678901234F\"\r\n"},
      {"AT+CPIN?", "+CPIN: READY\r\n"},
      {"AT+CMGF=0", ""},
      {"AT+CNMI=2,1,0,1,0", ""},
      {"AT+CNMI?", "+CNMI: 2,1,0,1,0\r\n"},
      {"AT+CSMS=0", "+CSMS: 1,1,1\r\n"},
      {"AT+CSMS?", "+CSMS: 0,1,1,1\r\n"},
      {"AT+CREG?", "+CREG: 0,1\r\n"},
      {"AT+CREG=1", ""},
      {"AT+CSCA?", "+CSCA: \"+491710760000\",145\r\n"},
      {"AT+CSQ", "+CSQ: 17,99\r\n"},
      {"AT+COPS=3,0", ""},
      {"AT+COPS?", "+COPS: 0,0,\"Example Net\"\r\n"},
      {"AT+CNMA", ""},
      {"AT+CMGL=4", ""},
  };
}

}  // namespace

FakeModem::FakeModem(const async::Executor& executor, std::string path)
    : answers(usual_answers()), x_executor(executor), x_link(std::move(path)) {}

FakeModem::~FakeModem() { unplug(); }

void FakeModem::plug() {
  const int master = open_master();
  std::array<char, 64> name{};
  ::ptsname_r(master, name.data(), name.size());
  std::filesystem::remove(x_link);
  std::filesystem::create_symlink(name.data(), x_link);
  x_master.emplace(x_executor, master);
  x_line.clear();
  x_prompting = false;
  x_plugged.notify();
}

void FakeModem::unplug() {
  std::filesystem::remove(x_link);
  if (!x_master) return;
  boost::system::error_code ignored;
  x_master->close(ignored);
}

void FakeModem::finish() {
  x_finished = true;
  unplug();
  x_plugged.notify();
  x_ordered.notify();
}

async::Task<> FakeModem::obey() {
  while (!x_finished) {
    if (x_orders.empty()) {
      co_await x_ordered.wait();
      continue;
    }
    co_await async::sleep_for(1200ms);
    const std::string text = x_orders.front();
    x_orders.pop_front();
    obey(text);
  }
}

async::Task<> FakeModem::run() {
  std::array<char, 4096> buffer{};
  while (!x_finished) {
    if (!x_master || !x_master->is_open()) {
      co_await x_plugged.wait();
      continue;
    }
    boost::system::error_code trouble;
    auto token = boost::asio::redirect_error(boost::asio::use_awaitable, trouble);
    const std::size_t count = co_await x_master->async_read_some(boost::asio::buffer(buffer), token);
    for (std::size_t at = 0; at < count; ++at) take(buffer[at]);
    // Nobody has the far end open: the terminal is read again when somebody has.
    if (trouble && x_master->is_open()) co_await async::sleep_for(5ms);
  }
}

void FakeModem::say(const std::string& octets) {
  if (x_master && x_master->is_open()) (void)!::write(x_master->native_handle(), octets.data(), octets.size());
}

int FakeModem::count(const std::string& line) const {
  return static_cast<int>(std::count(lines.begin(), lines.end(), line));
}

void FakeModem::take(char octet) {
  if (octet == '\x1B') {
    lines.emplace_back("ESC");
    x_line.clear();
    if (std::exchange(x_prompting, false)) say("\r\nOK\r\n");
  } else if (x_prompting && octet == '\x1A') {
    x_prompting = false;
    payload(std::exchange(x_line, {}));
  } else if (!x_prompting && octet == '\r') {
    const std::string text = std::exchange(x_line, {});
    if (!text.empty()) command(text);
  } else {
    x_line.push_back(octet);
  }
}

void FakeModem::command(const std::string& text) {
  lines.push_back(text);
  const bool later = !x_orders.empty() || (slow > 0 && slow-- > 0);
  if (!later) return obey(text);
  x_orders.push_back(text);
  x_ordered.notify();
}

const std::string* FakeModem::answer(const std::string& text) const {
  auto found = answers.find(text + "@" + memory);
  if (found == answers.end()) found = answers.find(text);
  return found == answers.end() ? nullptr : &found->second;
}

void FakeModem::obey(const std::string& text) {
  if (text.rfind("AT+CPMS=\"", 0) == 0) memory = text.substr(9, 2);
  if (text.rfind("AT+CMGD=", 0) == 0) deleted.push_back(memory + ":" + text.substr(8));
  auto& queued = next_answers[text];
  if (const auto act = instead.find(text); act != instead.end()) {
    const auto once = act->second;  // it may take itself out
    once();
  } else if (!queued.empty()) {
    say("\r\n" + queued.front());
    queued.pop_front();
  } else if (const std::string* found = answer(text)) {
    say("\r\n" + *found + "\r\nOK\r\n");
  } else if (text.rfind("AT+CMGS=", 0) != 0) {
    say("\r\nERROR\r\n");
  } else if (at_cmgs) {
    at_cmgs();
  } else {
    x_prompting = true;
    say("\r\n> ");
  }
}

void FakeModem::payload(const std::string& text) {
  lines.push_back("pdu:" + text);
  if (at_pdu) return at_pdu(text);
  say("\r\n+CMGS: " + std::to_string(++reference) + "\r\n\r\nOK\r\n");
}

async::Task<Welcome> FakeHost::welcome(const Identity&) {
  Welcome welcome;
  welcome.objection = unwelcome;
  co_return welcome;
}

async::Task<PinLeave> FakeHost::begin_pin(const Identity&, const std::string& pin, bool by_person) {
  const auto newest = std::find_if(pins.rbegin(), pins.rend(), [&](const auto& each) { return each.first == pin; });
  PinLeave leave{std::nullopt, "It is not tried again."};
  if (!by_person && newest != pins.rend() && newest->second != PinEnd::accepted) co_return leave;
  pins.emplace_back(pin, PinEnd::unanswered);
  leave.attempt = static_cast<std::int64_t>(pins.size()) - 1;
  co_return leave;
}

async::Task<> FakeHost::end_pin(std::int64_t attempt, PinEnd end) {
  pins.at(static_cast<std::size_t>(attempt)).second = end;
  co_return;
}

Credit FakeHost::credit(const std::string& text, std::optional<int>) const {
  return Credit{text, 12.5, async::now().wall};
}

void FakeHost::status(const Status& status) { statuses.push_back(status); }

PduKind FakeHost::kind(const std::string& pdu) const {
  const auto known = kinds.find(pdu);
  if (known != kinds.end()) return known->second;
  return pdu == some_report ? PduKind::report : PduKind::message;
}

async::Task<bool> FakeHost::report(const Identity& identity, std::string pdu) {
  co_await async::sleep_for(20ms);
  if (durable) reports.push_back(identity.sim() + " " + pdu);
  if (at_report) at_report();
  co_return durable;
}

async::Task<bool> FakeHost::incoming(const Identity& identity, std::string pdu) {
  co_await async::sleep_for(20ms);
  if (durable) messages.push_back(identity.sim() + " " + pdu);
  co_return durable;
}

async::Task<std::optional<Unresolved>> FakeHost::unresolved(const std::string&) { co_return open; }

async::Task<> FakeHost::late_verdict(const Identity&, Verdict verdict) {
  late.push_back(std::move(verdict));
  open.reset();
  co_return;
}

async::Task<> FakeHost::serve(Link& served_link) {
  if (fault) throw std::runtime_error("a fault");
  link = &served_link;
  ++served;
  while (served_link.up()) co_await served_link.changed().wait();
  while (submitting > 0) co_await async::sleep_for(2ms);
  link = nullptr;
}

bool FakeHost::was(State state) const {
  return std::any_of(statuses.begin(), statuses.end(), [&](const Status& each) { return each.state == state; });
}

bool FakeHost::said(const std::string& words) const {
  return std::any_of(statuses.begin(), statuses.end(),
                     [&](const Status& each) { return each.sentence.find(words) != std::string::npos; });
}

Bench::Bench()
    : link(std::filesystem::temp_directory_path() / ("burstd-modem-" + std::to_string(::getpid()))),
      fake(loop.get_executor(), link) {
  options.name = "front";
  options.port = link;
  options.reopen_first = 20ms;
  options.reopen_most = 100ms;
  finding.sysfs = finding.devices = "/nonexistent";
  driver.prompt_timeout = 1s;
  driver.submit_timeout = 1s;
  driver.network_timer = 1s;
  driver.command_timeout = 1s;
}

Bench::~Bench() = default;

void Bench::play(const std::function<async::Task<>()>& story) {
  x_drivers = {driver};
  x_finder.emplace(loop.get_executor(), finding, x_drivers, std::vector<std::string>{options.port});
  x_modem.emplace(loop.get_executor(), options, Modem::Surroundings{x_drivers, finding, *x_finder, host});
  auto nothing = []() -> async::Task<std::optional<Unresolved>> { co_return std::nullopt; };
  async::Scope scope(loop.get_executor());
  scope.spawn(x_finder->run(nothing));
  scope.spawn(fake.run());
  scope.spawn(fake.obey());
  scope.spawn(x_modem->run());
  scope.spawn(tell(story));
  loop.run();
  EXPECT_EQ(x_modem->status().state, State::stopped);
}

async::Task<> Bench::tell(const std::function<async::Task<>()>& story) {
  co_await story();
  x_modem->stop();
  co_await until([&] { return x_modem->status().state == State::stopped; });
  x_finder->stop();
  fake.finish();
}

async::Task<> Bench::until(std::function<bool()> condition) {
  const base::Steady latest = async::now().steady + 10s;
  while (!condition() && async::now().steady < latest) co_await async::sleep_for(2ms);
  EXPECT_TRUE(condition()) << "waited in vain; the modem is " << to_string(modem().status().state) << ": "
                           << modem().status().sentence;
}

async::Task<> Bench::ready() {
  co_await until([&] { return host.link != nullptr; });
}

async::Task<Verdict> Bench::submit(bool more) {
  if (host.link == nullptr) co_return NotSent{"the test has no link"};
  async::Gate permit;
  async::Gate handed;
  permit.open();
  const Submission submission{some_pdu, 23, permit, handed, more};
  ++host.submitting;
  Verdict verdict = co_await host.link->submit(submission);
  --host.submitting;
  EXPECT_NE(handed.position(), async::Gate::Position::pending);
  co_return verdict;
}

}  // namespace burstd::modem

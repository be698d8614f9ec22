#include "modem/courier.hpp"

#include <utility>

#include "modem/verdict.hpp"

namespace burstd::modem {

namespace {

constexpr std::chrono::seconds late{10};  // an acknowledgement after so long may have come too late for the network
constexpr std::chrono::seconds longest_emptying{10};  // a modem that announces without end must not stop what is sent
constexpr int most_unexpected = 3;                    // then it wants none
constexpr int not_expected = 340;                     // "no +CNMA acknowledgement expected"
constexpr const char* not_recorded =
    "What this modem has received could not be recorded. It stays in the modem, which is opened again.";

bool is_stored(const at::Event& event) {
  return std::holds_alternative<at::StoredReport>(event) || std::holds_alternative<at::StoredMessage>(event);
}

}  // namespace

Courier::Courier(Terminal& terminal, const SetUp& set_up, Charge charge)
    : x_terminal(terminal), x_host(charge.host), x_charge(charge), x_set_up(set_up) {}

void Courier::introduce() {
  x_known = true;
  x_terminal.happened().notify();
}

void Courier::begin() {
  x_route = x_set_up.route();
  x_codes = x_set_up.driver().codes;
  x_acknowledges = x_route.acknowledges;
  x_patience = x_set_up.driver().command_timeout;
  x_begun = true;
  x_busy = true;
  x_terminal.happened().notify();
}

async::Task<> Courier::run() {
  while (!x_known && !x_terminal.over()) co_await x_terminal.happened().wait();
  auto kept = x_known ? std::exchange(x_charge.memory.late_verdict, std::nullopt) : std::nullopt;
  if (kept) co_await deliver_verdict(std::move(*kept));
  while (!x_begun && !x_terminal.over()) co_await deliver_early();
  if (x_begun) co_await make_up();
  while (true) {
    if (auto heard = x_terminal.next_event()) {
      x_fetching = is_stored(heard->event);
      co_await deliver(std::move(*heard));
    } else if (x_terminal.over()) {
      break;
    } else if (x_drain) {
      x_drain = false;
      x_fetching = true;
      co_await sweep();
    } else {
      x_fetching = false;
      x_busy = false;
      x_terminal.happened().notify();
      co_await x_terminal.happened().wait();
      x_busy = true;
    }
  }
}

// While the modem is set up a kill would lose what it has handed over already.
async::Task<> Courier::deliver_early() {
  auto heard = x_terminal.next_event();
  if (!heard) {
    co_await x_terminal.happened().wait();
  } else if (is_stored(heard->event)) {
    x_stored_early.push_back(std::move(*heard));
  } else {
    co_await deliver(std::move(*heard));
  }
}

// The way of reports is known now, and with it whether the modem waits to be told that they are on record.
async::Task<> Courier::make_up() {
  const auto early = std::exchange(x_early, {});
  for (const Early& each : early) {
    if (each.report) prove();
    co_await acknowledge(each.heard_at);
  }
  auto stored = std::exchange(x_stored_early, {});
  x_fetching = !stored.empty();
  for (Heard& heard : stored) co_await deliver(std::move(heard));
}

// Whose it is what was heard: what the modem has said of itself in this session; when it did not get as far as that,
// what it was in the last one.
const Identity& Courier::identity() const {
  const Identity &now = x_set_up.identity(), &before = x_charge.memory.identity;
  const bool card = !now.iccid.empty() || !now.imsi.empty();
  const bool another = !now.imei.empty() && !before.imei.empty() && now.imei != before.imei;
  return card || another ? now : before;
}

async::Task<> Courier::idle() {
  while (x_busy && !x_terminal.over()) co_await x_terminal.happened().wait();
}

async::Task<> Courier::emptied() {
  const base::Steady until = async::now().steady + longest_emptying;
  while (x_fetching && !x_terminal.over() && async::now().steady < until)
    co_await x_terminal.happened().wait_until(until);
}

void Courier::drain() {
  x_drain = true;
  x_terminal.happened().notify();
}

async::Task<> Courier::deliver(Heard heard) {
  at::Event& event = heard.event;
  if (auto* report = std::get_if<at::StatusReport>(&event)) {
    co_await deliver_direct(std::move(report->pdu), PduKind::report, heard.at);
  } else if (auto* message = std::get_if<at::Deliver>(&event)) {
    co_await deliver_direct(std::move(message->pdu), PduKind::message, heard.at);
  } else if (auto* kept_report = std::get_if<at::StoredReport>(&event)) {
    auto fetching = fetch(std::move(*kept_report), PduKind::report, heard.at);
    co_await std::move(fetching);
  } else if (auto* kept = std::get_if<at::StoredMessage>(&event)) {
    at::StoredReport where{std::move(kept->memory), kept->index};
    auto fetching = fetch(std::move(where), PduKind::message, heard.at);
    co_await std::move(fetching);
  } else if (auto verdict = verdict_of(event, x_codes)) {
    co_await deliver_verdict(std::move(*verdict));
  }
}

// Before the modem is known nobody can be told whose it is: the next session tells it.
async::Task<> Courier::deliver_verdict(Verdict verdict) {
  if (!x_known) {
    x_charge.memory.late_verdict = std::move(verdict);
    co_return;
  }
  const Identity whose = identity();
  co_await x_host.late_verdict(whose, std::move(verdict));
}

async::Task<> Courier::deliver_direct(std::string pdu, PduKind announced, base::Steady heard_at) {
  const PduKind kind = x_host.kind(pdu);
  const bool kept = co_await hand(std::move(pdu), kind == PduKind::unreadable ? announced : kind);
  if (kept && !x_begun) x_early.push_back({kind == PduKind::report, heard_at});
  if (kept && x_begun) co_await acknowledge(heard_at);
}

// False: the Host could not keep it. The session ends, and the modem forgets nothing.
async::Task<bool> Courier::hand(std::string pdu, PduKind kind) {
  const bool report = kind == PduKind::report;
  const Identity whose = identity();
  auto handing = report ? x_host.report(whose, std::move(pdu)) : x_host.incoming(whose, std::move(pdu));
  const bool kept = co_await std::move(handing);
  if (!kept) x_terminal.end(not_recorded);
  if (kept && report) x_charge.board.note([](Status& status) { status.last_report = async::now().wall; });
  if (kept && report && x_begun) prove();
  co_return kept;
}

void Courier::prove() {
  x_missing = 0;
  x_charge.memory.proven.insert(x_route.way);
  x_charge.board.note([](Status& status) { status.reports_proven = true; });
}

// Some modems switch the route off when an acknowledgement comes late; it may have waited behind a message on the air.
async::Task<> Courier::acknowledge(base::Steady heard_at) {
  if (!x_acknowledges || x_terminal.over()) co_return;
  const at::Reply reply = co_await x_terminal.insist(at::plain("AT+CNMA"), x_patience);
  const bool in_time = async::now().steady - heard_at <= late;
  const bool unexpected = in_time && reply.failure && reply.failure->code == not_expected;
  x_unexpected = unexpected ? x_unexpected + 1 : 0;
  if (x_unexpected >= most_unexpected) x_acknowledges = false;
  if (reply.failure || !in_time) co_await assert_route();
}

async::Task<> Courier::assert_route() {
  if (x_route.cnmi.empty() || x_terminal.over()) co_return;
  co_await x_terminal.insist(at::plain("AT+CNMI=" + x_route.cnmi), x_patience);
}

}  // namespace burstd::modem

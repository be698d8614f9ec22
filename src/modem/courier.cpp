#include "modem/courier.hpp"

#include <utility>

#include "modem/verdict.hpp"

namespace burstd::modem {

namespace {

constexpr int not_expected = 340;  // "no +CNMA acknowledgement expected"
constexpr const char* not_recorded =
    "What this modem has received could not be recorded. It stays in the modem, which is opened again.";

}  // namespace

Courier::Courier(Terminal& terminal, Host& host, Charge charge)
    : x_terminal(terminal), x_host(host), x_charge(charge), x_identity(charge.memory.identity) {}

void Courier::begin(const SetUp& set_up) {
  x_identity = set_up.identity();
  x_acknowledges = set_up.acknowledges();
  x_patience = set_up.driver().command_timeout;
  x_begun = true;
  x_busy = true;
  x_terminal.happened().notify();
}

async::Task<> Courier::run() {
  while (!x_begun && !x_terminal.over()) co_await x_terminal.happened().wait();
  auto kept = x_begun ? std::exchange(x_charge.memory.late_verdict, std::nullopt) : std::nullopt;
  if (kept) co_await deliver_verdict(std::move(*kept));
  bool swept = false;
  while (true) {
    if (auto event = x_terminal.next_event()) {
      co_await deliver(std::move(*event));
    } else if (x_terminal.over()) {
      break;
    } else if (!swept) {
      swept = true;
      co_await sweep();
    } else {
      x_busy = false;
      x_terminal.happened().notify();
      co_await x_terminal.happened().wait();
      x_busy = true;
    }
  }
}

async::Task<> Courier::idle() {
  while (x_busy && !x_terminal.over()) co_await x_terminal.happened().wait();
}

async::Task<> Courier::deliver(at::Event event) {
  if (auto* report = std::get_if<at::StatusReport>(&event)) {
    co_await deliver_direct(std::move(report->pdu), PduKind::report);
  } else if (auto* message = std::get_if<at::Deliver>(&event)) {
    co_await deliver_direct(std::move(message->pdu), PduKind::message);
  } else if (auto* kept_report = std::get_if<at::StoredReport>(&event)) {
    co_await fetch(std::move(kept_report->memory), kept_report->index, PduKind::report);
  } else if (auto* kept = std::get_if<at::StoredMessage>(&event)) {
    co_await fetch(std::move(kept->memory), kept->index, PduKind::message);
  } else if (auto verdict = verdict_of(event)) {
    co_await deliver_verdict(std::move(*verdict));
  }
}

// Before the modem is known nobody can be told whose it is: the next session tells it.
async::Task<> Courier::deliver_verdict(Verdict verdict) {
  if (!x_begun) {
    x_charge.memory.late_verdict = std::move(verdict);
    co_return;
  }
  co_await x_host.late_verdict(x_identity, std::move(verdict));
}

async::Task<> Courier::deliver_direct(std::string pdu, PduKind announced) {
  const PduKind kind = x_host.kind(pdu);
  const bool kept = co_await hand(std::move(pdu), kind == PduKind::unreadable ? announced : kind);
  if (kept) co_await acknowledge();
}

// False: the Host could not keep it. The session ends, and the modem forgets nothing.
async::Task<bool> Courier::hand(std::string pdu, PduKind kind) {
  const bool report = kind == PduKind::report;
  auto handing = report ? x_host.report(x_identity, std::move(pdu)) : x_host.incoming(x_identity, std::move(pdu));
  const bool kept = co_await std::move(handing);
  if (!kept) x_terminal.end(not_recorded);
  if (kept && report) x_charge.board.note([](Status& status) { status.last_report = async::now().wall; });
  co_return kept;
}

async::Task<> Courier::acknowledge() {
  if (!x_acknowledges || x_terminal.over()) co_return;
  const at::Reply reply = co_await x_terminal.insist(at::plain("AT+CNMA"), x_patience);
  if (reply.failure && reply.failure->code == not_expected) x_acknowledges = false;
}

}  // namespace burstd::modem

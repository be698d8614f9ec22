#include "modem/courier.hpp"

#include <utility>

#include "modem/verdict.hpp"

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds storage_patience = 30s;
// Some modems announce a report in another memory than the one they keep it in.
constexpr const char* report_memories[] = {"SR", "SM", "ME"};

}  // namespace

Courier::Courier(Terminal& terminal, Host& host, Charge charge)
    : x_terminal(terminal), x_host(host), x_charge(charge), x_identity(charge.memory.identity) {}

void Courier::begin(const SetUp& set_up, bool expects_verdict) {
  x_identity = set_up.identity();
  x_acknowledges = set_up.acknowledges();
  x_patience = set_up.driver().command_timeout;
  x_expects_verdict = expects_verdict;
  x_begun = true;
  x_busy = true;
  x_terminal.happened().notify();
}

async::Task<> Courier::run() {
  while (!x_begun && !x_terminal.over()) co_await x_terminal.happened().wait();
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
    co_await deliver_report(std::move(report->pdu));
    co_await acknowledge();
  } else if (auto* message = std::get_if<at::Deliver>(&event)) {
    co_await deliver_message(std::move(message->pdu));
    co_await acknowledge();
  } else if (auto* kept_report = std::get_if<at::StoredReport>(&event)) {
    co_await fetch(std::move(kept_report->memory), kept_report->index, true);
  } else if (auto* kept = std::get_if<at::StoredMessage>(&event)) {
    co_await fetch(std::move(kept->memory), kept->index, false);
  } else if (auto verdict = verdict_of(event); verdict && std::exchange(x_expects_verdict, false)) {
    co_await x_host.late_verdict(x_identity, std::move(*verdict));
  }
}

async::Task<> Courier::deliver_report(std::string pdu) {
  co_await x_host.report(x_identity, std::move(pdu));
  x_charge.board.note([](Status& status) { status.last_report = async::now().wall; });
}

async::Task<> Courier::deliver_message(std::string pdu) { co_await x_host.incoming(x_identity, std::move(pdu)); }

async::Task<> Courier::acknowledge() {
  if (!x_acknowledges || x_terminal.over()) co_return;
  co_await x_terminal.insist(at::plain("AT+CNMA"), x_patience);
}

// What was announced as stored. A report that is not where it was said to be is looked for elsewhere.
async::Task<> Courier::fetch(std::string memory, int index, bool report) {
  std::vector<std::string> memories{memory};
  if (report) memories.insert(memories.end(), std::begin(report_memories), std::end(report_memories));
  for (const std::string& each : memories) {
    if (x_terminal.over()) co_return;
    auto found = co_await stored_at(each, index);
    if (found.empty()) continue;
    found.front().index = index;
    co_await hand_stored(std::move(found.front()), report);
    co_return;
  }
}

async::Task<std::vector<at::Stored>> Courier::stored_at(const std::string& memory, int index) {
  const at::Reply chosen =
      co_await x_terminal.insist(at::ask("AT+CPMS=\"" + memory + "\"", "+CPMS:"), storage_patience);
  if (chosen.failure || x_terminal.over()) co_return std::vector<at::Stored>{};
  const at::Reply reply = co_await x_terminal.insist(at::read_stored(index), x_patience);
  co_return at::stored(reply.lines);
}

// Once a session: what came while nobody listened. Our own drafts (stat 2 and 3) are left alone.
async::Task<> Courier::sweep() {
  Memory& memory = x_charge.memory;
  if (memory.listing_hangs) co_return;
  const at::Reply reply = co_await x_terminal.execute(at::list_stored(), storage_patience);
  if (reply.end == at::Reply::End::timed_out && !x_terminal.over()) {
    memory.listing_hangs = true;
    x_terminal.end("The modem fell silent while it listed its stored messages. It is not asked for them again.");
  }
  for (at::Stored& message : at::stored(reply.lines)) {
    const bool received = message.stat == 0 || message.stat == 1;
    if (received && message.index >= 0) co_await hand_stored(std::move(message), false);
  }
}

// Forgotten by the modem only when the Host has it.
async::Task<> Courier::hand_stored(at::Stored message, bool report) {
  const int index = message.index;
  auto delivery = report ? deliver_report(std::move(message.pdu)) : deliver_message(std::move(message.pdu));
  co_await std::move(delivery);
  if (x_terminal.over()) co_return;
  co_await x_terminal.insist(at::plain("AT+CMGD=" + std::to_string(index)), x_patience);
}

}  // namespace burstd::modem

#include "modem/terminal.hpp"

#include <algorithm>
#include <utility>

#include "modem/verdict.hpp"

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_events = 4096;
constexpr int most_noise = 32;
constexpr base::Milliseconds after_escape = 30ms;
constexpr base::Milliseconds escape_patience = 2s;
constexpr base::Milliseconds after_reference = 5s;
constexpr base::Milliseconds order_patience = 5s;
constexpr base::Milliseconds order_quiet = 1s;

}  // namespace

// Holds the port for one command; the next in line follows when it dies.
class Terminal::Turn {
 public:
  explicit Turn(Terminal& terminal) : x_terminal(terminal) {}
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    ++x_terminal.x_serving;
    x_terminal.x_turn.notify();
  }

 private:
  Terminal& x_terminal;
};

Terminal::Terminal(serial::Port port) : x_port(std::move(port)) {}

async::Task<> Terminal::read() {
  while (!over()) {
    auto octets = co_await x_port.read_some();
    if (!octets) co_return end(octets.error().sentence);
    x_last_heard = async::now().steady;
    const std::size_t lines = x_dialogue.answered();
    co_await write(absorb(x_dialogue.feed(*octets)));
    if (x_dialogue.answered() > lines) x_happened.notify();
    while (x_events.size() > most_events && !over()) co_await x_happened.wait();
  }
}

async::Task<> Terminal::wait_turn() {
  const std::uint64_t ticket = x_tickets++;
  while (ticket != x_serving) co_await x_turn.wait();
}

async::Task<at::Reply> Terminal::execute(at::Command command, base::Milliseconds patience) {
  co_await wait_turn();
  const Turn turn(*this);
  if (over()) co_return at::Reply{at::Reply::End::timed_out, {}, std::nullopt, false};
  const bool probe = command.answer == at::Command::Answer::probe;
  co_await send(x_dialogue.start(std::move(command)));
  at::Reply reply = co_await reply_by(async::now().steady + patience);
  x_missed = x_missed || (!probe && reply.end == at::Reply::End::timed_out);
  co_return reply;
}

async::Task<at::Reply> Terminal::insist(at::Command command, base::Milliseconds patience) {
  const std::string text = command.text.substr(0, command.text.find('='));
  auto asking = execute(std::move(command), patience);
  at::Reply reply = co_await std::move(asking);
  const bool silent = reply.end == at::Reply::End::timed_out && reply.lines.empty();
  if (silent) end("The modem does not answer to " + text + " any more. It is opened again.");
  co_return reply;
}

async::Task<> Terminal::send(at::Effects effects) { co_await write(absorb(std::move(effects))); }

async::Task<> Terminal::write(std::string octets) {
  if (octets.empty() || over()) co_return;
  const auto written = co_await x_port.write(octets);
  if (!written) end(written.error().sentence);
}

async::Task<at::Reply> Terminal::reply_by(base::Steady deadline) {
  while (!x_reply && !over()) {
    const bool woken = co_await x_happened.wait_until(deadline);
    if (!woken) break;
  }
  if (!x_reply) absorb(x_dialogue.expire());
  co_return *std::exchange(x_reply, std::nullopt);
}

async::Task<bool> Terminal::prompt_by(base::Steady deadline) {
  while (!x_prompt && !x_reply && !over()) {
    const bool woken = co_await x_happened.wait_until(deadline);
    if (!woken) break;
  }
  co_return x_prompt && !x_reply && !over();
}

async::Task<Verdict> Terminal::submit(const Submission& submission, const Driver& driver) {
  co_await wait_turn();
  const Turn turn(*this);
  if (over()) co_return NotSent{why()};
  x_prompt = false;
  x_verdict_until = {};
  co_await send(x_dialogue.start(at::submit(submission.length, submission.pdu)));
  const bool prompted = co_await prompt_by(async::now().steady + driver.prompt_timeout);
  if (!prompted) co_return settled(co_await reply_by(async::now().steady));
  auto sending = at_prompt(submission, driver);
  co_return co_await std::move(sending);
}

// The prompt is there. Nothing leaves before the attempt is on record.
async::Task<Verdict> Terminal::at_prompt(const Submission& submission, const Driver& driver) {
  const bool allowed = co_await submission.permit.passed();
  if (x_reply || over()) co_return settled(co_await reply_by(async::now().steady));
  if (!allowed) {
    co_await send(x_dialogue.deny());
    co_return settled(co_await reply_by(async::now().steady + escape_patience));
  }
  submission.handed.open();
  co_await send(x_dialogue.permit());
  const at::Reply reply = co_await verdict_by(async::now().steady + driver.submit_timeout);
  const bool without_end = reply.end == at::Reply::End::timed_out && !reply.lines.empty();
  if (without_end) co_await find_order();
  co_return settled(reply);
}

// With the reference in, the message is out: the final result, which needs no network, is all that is missing.
async::Task<at::Reply> Terminal::verdict_by(base::Steady deadline) {
  while (!x_reply && !over() && x_dialogue.answered() == 0) {
    const bool woken = co_await x_happened.wait_until(deadline);
    if (!woken) break;
  }
  if (x_dialogue.answered() > 0) deadline = std::min(deadline, async::now().steady + after_reference);
  co_return co_await reply_by(deadline);
}

// A final result did not come. Whether it is late or left out: after a question and some quiet nothing is on its way.
async::Task<> Terminal::find_order() {
  if (over()) co_return;
  co_await send(x_dialogue.start(at::probe()));
  const at::Reply reply = co_await reply_by(async::now().steady + order_patience);
  if (reply.end == at::Reply::End::timed_out)
    co_return end("The modem fell silent after a message. It is opened again.");
  co_await settle(order_quiet, 2 * order_quiet);
}

Verdict Terminal::settled(const at::Reply& reply) {
  if (!leaves_order(reply)) end("The modem lost the thread while a message was sent. It is opened again.");
  return verdict_of(reply);
}

async::Task<> Terminal::escape() {
  co_await send(x_dialogue.escape());
  co_await async::sleep_for(after_escape);
  co_await write("\r");
}

async::Task<> Terminal::settle(base::Milliseconds quiet, base::Milliseconds most) {
  const base::Steady start = async::now().steady;
  x_last_heard = start;
  while (!over()) {
    const base::Steady until = std::min(x_last_heard + quiet, start + most);
    if (until <= async::now().steady) co_return;
    co_await x_ended.wait_until(until);
  }
}

async::Task<bool> Terminal::pause(base::Milliseconds span) {
  const base::Steady until = async::now().steady + span;
  while (!over() && async::now().steady < until) co_await x_ended.wait_until(until);
  co_return !over();
}

void Terminal::end(std::string why) {
  if (over()) return;
  x_why = std::move(why);
  x_port.close();
  x_ended.notify();
  x_happened.notify();
}

std::optional<at::Event> Terminal::next_event() {
  if (x_events.empty()) return std::nullopt;
  at::Event event = std::move(x_events.front());
  x_events.pop_front();
  x_happened.notify();
  return event;
}

// Takes note of what happened and returns what is to be written.
std::string Terminal::absorb(at::Effects effects) {
  std::string octets;
  for (at::Effect& effect : effects) {
    if (auto* write = std::get_if<at::Write>(&effect)) {
      octets += write->octets;
      continue;
    }
    const bool noise = std::holds_alternative<at::Noise>(effect);
    x_noise = noise ? x_noise + 1 : 0;
    if (std::holds_alternative<at::PromptSeen>(effect)) x_prompt = true;
    if (auto* finished = std::get_if<at::Finished>(&effect)) x_reply = std::move(finished->reply);
    if (auto* unsolicited = std::get_if<at::Unsolicited>(&effect)) absorb(std::move(unsolicited->event));
  }
  if (!effects.empty()) x_happened.notify();
  if (x_noise > most_noise) end("The modem sends nothing readable. Is the baud rate right? It is opened again.");
  return octets;
}

void Terminal::absorb(at::Event event) {
  const bool late = std::holds_alternative<at::LateReference>(event) || std::holds_alternative<at::LateFailure>(event);
  const bool idle_talk = std::holds_alternative<at::Other>(event) || std::holds_alternative<at::Registration>(event) ||
                         std::holds_alternative<at::Broadcast>(event);
  if (idle_talk || (late && !is_verdict(event))) return;
  x_events.push_back(std::move(event));
}

// The first thing within its time that can be the verdict of the submission before this session.
bool Terminal::is_verdict(const at::Event& event) {
  const bool of_ours = x_missed && std::holds_alternative<at::LateFailure>(event);
  if (of_ours || async::now().steady >= x_verdict_until || !verdict_of(event)) return false;
  x_verdict_until = {};
  x_heard_verdict = true;
  return true;
}

}  // namespace burstd::modem

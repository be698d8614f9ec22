// The part of Terminal that hands a message over: AT+CMGS, the prompt, the permit, Ctrl-Z, the verdict.
#include <algorithm>
#include <utility>

#include "modem/terminal.hpp"
#include "modem/turn.hpp"
#include "modem/verdict.hpp"

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds escape_patience = 2s;
constexpr base::Milliseconds after_reference = 5s;
constexpr base::Milliseconds order_patience = 5s;
constexpr base::Milliseconds order_quiet = 1s;

}  // namespace

async::Task<Verdict> Terminal::submit(const Submission& submission, const Driver& driver) {
  if (!driver.prompts) co_return co_await unprompted(submission, driver);
  co_await wait_turn();
  const Turn turn(*this);
  if (over()) co_return NotSent{why()};
  x_prompt = false;
  x_verdict_until = {};
  co_await send(x_dialogue.start(at::submit(submission.length, submission.pdu)));
  const bool prompted = co_await prompt_by(async::now().steady + driver.prompt_timeout);
  if (!prompted) co_return settled(co_await reply_by(async::now().steady), driver);
  auto sending = at_prompt(submission, driver);
  co_return co_await std::move(sending);
}

// The prompt is there. Nothing leaves before the attempt is on record.
async::Task<Verdict> Terminal::at_prompt(const Submission& submission, const Driver& driver) {
  const bool allowed = co_await submission.permit.passed();
  if (x_reply || over()) co_return settled(co_await reply_by(async::now().steady), driver);
  if (!allowed) {
    co_await send(x_dialogue.deny());
    co_return settled(co_await reply_by(async::now().steady + escape_patience), driver);
  }
  submission.handed.open();
  co_await hand(x_dialogue.permit(), driver);
  auto waiting = await_verdict(driver);
  co_return co_await std::move(waiting);
}

// A modem without a prompt gets everything at once: the permit comes first.
async::Task<Verdict> Terminal::unprompted(const Submission& submission, const Driver& driver) {
  const bool allowed = co_await submission.permit.passed();
  if (!allowed) co_return NotSent{"The message was withdrawn before it left."};
  co_await wait_turn();
  const Turn turn(*this);
  if (over()) co_return NotSent{why()};
  x_verdict_until = {};
  at::Command command = at::submit(submission.length, submission.pdu);
  command.unprompted = true;
  submission.handed.open();
  co_await hand(x_dialogue.start(std::move(command)), driver);
  auto waiting = await_verdict(driver);
  co_return co_await std::move(waiting);
}

// In pieces for the few modems that lose octets otherwise.
async::Task<> Terminal::hand(at::Effects effects, const Driver& driver) {
  const std::string octets = absorb(std::move(effects));
  const std::size_t piece = driver.slice > 0 ? static_cast<std::size_t>(driver.slice) : octets.size();
  for (std::size_t at = 0; at < octets.size(); at += piece) {
    if (at > 0) co_await async::sleep_for(driver.slice_pause);
    co_await write(octets.substr(at, piece));
  }
}

async::Task<Verdict> Terminal::await_verdict(const Driver& driver) {
  const base::Steady handed = async::now().steady;
  const at::Reply reply = co_await verdict_by(handed + driver.submit_timeout);
  const auto after = std::chrono::duration_cast<base::Milliseconds>(async::now().steady - handed);
  const bool without_end = reply.end == at::Reply::End::timed_out && !reply.lines.empty();
  if (without_end) co_await find_order();
  co_return settled(reply, driver, after);
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

Verdict Terminal::settled(const at::Reply& reply, const Driver& driver, std::optional<base::Milliseconds> after_air) {
  if (!leaves_order(reply)) end("The modem lost the thread while a message was sent. It is opened again.");
  return verdict_of(reply, driver.codes, after_air);
}

}  // namespace burstd::modem

#include "modem/terminal.hpp"

#include <algorithm>
#include <utility>

#include "modem/turn.hpp"
#include "modem/verdict.hpp"

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_events = 4096;
constexpr int most_noise = 32;
constexpr base::Milliseconds after_escape = 30ms;
constexpr base::Milliseconds probe_patience = 3s;
constexpr base::Milliseconds quiet_after_silence = 1s;

bool silent(const at::Reply& reply) { return reply.end == at::Reply::End::timed_out && reply.lines.empty(); }

bool begins(const std::string& line, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return line.rfind(prefix, 0) == 0; });
}

}  // namespace

Terminal::Terminal(serial::Port port, std::string name) : x_port(std::move(port)), x_trace(std::move(name)) {}

async::Task<> Terminal::read() {
  x_resting = false;
  while (!over() && !x_resting) {
    auto octets = co_await x_port.read_some();
    if (!octets && x_resting) break;
    if (!octets) {
      x_gone = !over();
      co_return end(octets.error().sentence);
    }
    x_last_heard = async::now().steady;
    x_trace.heard(*octets);
    const std::size_t lines = x_dialogue.answered();
    co_await write(absorb(x_dialogue.feed(*octets)));
    if (x_dialogue.answered() > lines) x_happened.notify();
    while (x_events.size() > most_events && !over() && !x_resting) co_await x_happened.wait();
  }
}

void Terminal::rest() {
  x_resting = true;
  if (!over()) x_port.interrupt();
  x_happened.notify();
}

// Lines of a restart and of a full memory are looked for among those that say nothing else: they must not be ignored.
void Terminal::attune(const Driver& driver) {
  x_boot = driver.boot;
  x_memory_full = driver.memory_full;
  std::vector<std::string> ignored = driver.ignore;
  std::erase_if(ignored,
                [&](const std::string& prefix) { return begins(prefix, x_boot) || begins(prefix, x_memory_full); });
  x_dialogue.ignore(std::move(ignored));
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
  ++x_commands;
  co_await send(x_dialogue.start(std::move(command)));
  at::Reply reply = co_await reply_by(async::now().steady + patience);
  x_missed = x_missed || (!probe && reply.end == at::Reply::End::timed_out);
  if (x_end_wanted) end(*x_end_wanted);
  co_return reply;
}

async::Task<at::Reply> Terminal::insist(at::Command command, base::Milliseconds patience) {
  const std::string text = command.text.substr(0, command.text.find('='));
  at::Command again = command;
  auto asking = execute(std::move(command), patience);
  at::Reply reply = co_await std::move(asking);
  if (!silent(reply) || over()) co_return reply;
  const bool there = co_await still_there();
  if (there) {
    auto asking_again = execute(std::move(again), patience);
    reply = co_await std::move(asking_again);
  }
  if (silent(reply)) end_silent(text);
  co_return reply;
}

// Answers keep their order; some quiet is for a modem that does not.
async::Task<> Terminal::outlive(std::string command) {
  const bool there = co_await still_there();
  if (!there) co_return end_silent(command);
  co_await settle(quiet_after_silence, 2 * quiet_after_silence);
}

async::Task<bool> Terminal::still_there() {
  ++x_probes;
  const at::Reply probed = co_await execute(at::probe(), probe_patience);
  co_return probed.end == at::Reply::End::ok;
}

void Terminal::end_silent(const std::string& command) {
  end("The modem does not answer to " + command + " any more. It is opened again.");
}

async::Task<> Terminal::send(at::Effects effects) { co_await write(absorb(std::move(effects))); }

async::Task<> Terminal::write(std::string octets) {
  if (octets.empty() || over()) co_return;
  x_trace.sent(octets);
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

void Terminal::end_after_reply(std::string why) {
  if (x_dialogue.idle()) return end(std::move(why));
  x_end_wanted = std::move(why);
}

void Terminal::end(std::string why) {
  if (over()) return;
  x_why = std::move(why);
  x_port.close();
  x_ended.notify();
  x_happened.notify();
  x_alarmed.notify();
}

std::optional<Heard> Terminal::next_event() {
  if (x_events.empty()) return std::nullopt;
  Heard heard = std::move(x_events.front());
  x_events.pop_front();
  x_happened.notify();
  return heard;
}

async::Task<std::optional<at::ServiceAnswer>> Terminal::service_answer(base::Milliseconds patience) {
  const base::Steady deadline = async::now().steady + patience;
  while (!x_service_answer && !over()) {
    const bool woken = co_await x_happened.wait_until(deadline);
    if (!woken) break;
  }
  co_return std::exchange(x_service_answer, std::nullopt);
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
  if (const auto* other = std::get_if<at::Other>(&event)) return absorb_chatter(other->line);
  if (std::holds_alternative<at::Broadcast>(event)) return;
  if (std::holds_alternative<at::Registration>(event)) {
    x_alarms.registration = true;
    return x_alarmed.notify();
  }
  if (auto* answer = std::get_if<at::ServiceAnswer>(&event)) {
    x_service_answer = std::move(*answer);
    return;
  }
  const bool late = std::holds_alternative<at::LateReference>(event) || std::holds_alternative<at::LateFailure>(event);
  if (late && !is_verdict(event)) return;
  x_events.push_back(Heard{std::move(event), async::now().steady});
}

void Terminal::absorb_chatter(const std::string& line) {
  ++x_chatter;
  x_last_chatter = line;
  const bool restarted = begins(line, x_boot);
  const bool full = begins(line, x_memory_full);
  if (!restarted && !full) return;
  x_alarms.restarted = x_alarms.restarted || restarted;
  x_alarms.memory_full = x_alarms.memory_full || full;
  x_alarmed.notify();
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

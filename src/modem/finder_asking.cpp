// The part of Finder that speaks to ports.
#include <algorithm>
#include <utility>

#include "modem/approach.hpp"
#include "modem/finder.hpp"
#include "modem/interview.hpp"

namespace burstd::modem {

namespace {

using namespace std::chrono_literals;

constexpr int tries_at_a_port = 3;
constexpr int looks_at_busy_sim = 8;
constexpr base::Milliseconds first_pause = 1s, longest_pause = 60s;
constexpr const char* done = "Asked.";

base::Milliseconds pause_after(int tries) {
  return std::min(first_pause * (1 << std::min(tries - 1, 6)), longest_pause);
}

}  // namespace

bool Prospect::same_device(const std::vector<serial::Candidate>& others) const {
  if (others.size() != ports.size() || others.front().usb->id != found.usb ||
      others.front().usb->socket != found.socket)
    return false;
  return std::all_of(others.begin(), others.end(), [&](const serial::Candidate& other) {
    return std::any_of(ports.begin(), ports.end(), [&](const serial::Candidate& port) {
      return port.path == other.path && port.born == other.born;
    });
  });
}

// One that hides its SIM may be the one that is wanted for it.
bool Prospect::asked_again() const {
  const bool hidden = state == State::answered && found.name.empty() && ambiguous && !terminal;
  return state == State::silent || state == State::busy || hidden;
}

// One that does not tell its SIM yet, and may be one that is wanted for it, is asked again like a silent one.
void Finder::ask_due() {
  const base::Steady now = async::now().steady;
  for (auto& prospect : x_prospects) {
    const bool first = prospect->state == Prospect::State::unasked;
    const bool again = prospect->asked_again();
    if (prospect->gone || (!first && (!again || now < prospect->next_try))) continue;
    if (first && settled()) x_unsettled_since = now;
    prospect->state = Prospect::State::asking;
    ++prospect->tries;
    x_scope.spawn(ask(*prospect));
  }
}

// A failure of ours ends the search; run() passes it on.
async::Task<> Finder::ask(Prospect& prospect) {
  try {
    prospect.unresolved = co_await x_unsettled();
    if (prospect.unresolved) x_watch.changed().notify();  // what is missing may say that it takes longer
    co_await ask_ports(prospect);
  } catch (...) {
    stop();
    throw;
  }
  judge(prospect);
  x_watch.changed().notify();
}

// A better port that was silent is asked once more when a lesser one has answered: the modem may have been starting.
// One that somebody holds is not got round, for what the modem says unasked would go there.
async::Task<> Finder::ask_ports(Prospect& prospect) {
  prospect.found.sentence.clear();
  prospect.found.identity = Identity{};
  prospect.held = false;
  std::size_t asked = 0;
  while (asked < prospect.ports.size() && !prospect.terminal) {
    if (prospect.gone || x_stopped || (prospect.held && prospect.listed)) co_return;
    co_await ask_port(prospect, asked++);
  }
  for (std::size_t better = 0; prospect.listed && prospect.terminal && better + 1 < asked; ++better) {
    if (prospect.gone || x_stopped || prospect.terminal->heard_verdict()) co_return;
    const bool answered = co_await ask_port(prospect, better);
    if (answered) break;
  }
}

async::Task<bool> Finder::ask_port(Prospect& prospect, std::size_t which) {
  const serial::Candidate candidate = prospect.ports.at(which);
  serial::Settings settings;
  settings.path = candidate.path;
  auto port = serial::Port::open(x_executor, settings);
  if (!port) {
    prospect.found.sentence = port.error().sentence;
    prospect.held = prospect.held || port.error().code == "port-busy";
    co_return false;
  }
  auto terminal = std::make_unique<Terminal>(std::move(*port), candidate.path);
  terminal->attune(prospect.driver);
  prospect.talking = terminal.get();
  async::Scope scope(x_executor);
  scope.spawn(terminal->read());
  auto conversing = converse(prospect, *terminal);
  Identity identity = co_await std::move(conversing);
  terminal->rest();
  co_await scope.join();
  prospect.talking = nullptr;
  const bool modem = !terminal->over() && !identity.sim().empty();
  if (!terminal->over() && !modem) terminal->end(done);
  if (!modem) co_return false;
  prospect.found.identity = std::move(identity);
  prospect.found.port = candidate.path;
  prospect.terminal = std::move(terminal);
  co_return true;
}

// A SIM that is still starting is given a moment.
async::Task<Identity> Finder::converse(Prospect& prospect, Terminal& terminal) {
  Approach approach(terminal, prospect.driver, tries_at_a_port);
  const bool answered = co_await approach.run(prospect.unresolved);
  Identity identity;
  if (!answered) co_return identity;
  Interview interview(terminal, prospect.driver.command_timeout);
  co_await interview.greet();
  identity = co_await interview.hardware();
  for (int looks = 0; looks < looks_at_busy_sim && !terminal.over() && !x_stopped; ++looks) {
    const bool card_busy = co_await interview.card(identity);
    const bool subscriber_busy = co_await interview.subscriber(identity);
    if (!card_busy && !subscriber_busy) break;
    co_await terminal.pause(until_next_look(looks));
  }
  co_return identity;
}

void Finder::judge(Prospect& prospect) {
  const base::Steady now = async::now().steady;
  prospect.next_try = now + pause_after(prospect.tries);
  if (prospect.terminal) {
    prospect.state = Prospect::State::answered;
    prospect.found.sentence.clear();
    prospect.judged = false;
    return;
  }
  if (prospect.held) {
    prospect.state = Prospect::State::busy;
    return;
  }
  prospect.state = Prospect::State::silent;
  const std::size_t count = prospect.ports.size();
  if (prospect.found.sentence.empty())
    prospect.found.sentence =
        count == 1 ? "Its port does not answer to AT. It is asked again."
                   : "None of its " + std::to_string(count) + " ports answers to AT. They are asked again.";
}

}  // namespace burstd::modem

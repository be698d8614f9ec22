#include "gateway/dispatcher.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <utility>

#include "gateway/envelope.hpp"
#include "gateway/insist.hpp"
#include "pdu/submit.hpp"

namespace burstd::gateway {

namespace {

using namespace std::chrono_literals;

constexpr base::Milliseconds record_pause = 5s;  // after the record could not take an attempt
constexpr std::array<std::chrono::minutes, 5> sim_rests{1min, 2min, 4min, 8min, 15min};
constexpr int suspicious = 2;  // refusals of a SIM in a row, of different messages

// Shut on every way out on which it was not opened: a modem waits for it at its prompt.
class Permit {
 public:
  explicit Permit(async::Gate& gate) : x_gate(gate) {}
  Permit(const Permit&) = delete;
  Permit& operator=(const Permit&) = delete;
  ~Permit() {
    if (x_gate.position() == async::Gate::Position::pending) x_gate.shut();
  }

 private:
  async::Gate& x_gate;
};

}  // namespace

Dispatcher::Dispatcher(const Ledger& ledger, store::Writer& writer, store::Reader& reader, async::Signal& changed)
    : x_ledger(ledger), x_writer(writer), x_reader(reader), x_changed(changed) {}

void Dispatcher::admit(message::Job job) {
  if (const auto flight = x_flights.find(job.message); flight != x_flights.end()) return;
  x_plan.add(std::move(job));
  x_work.notify();
}

void Dispatcher::admit(const std::optional<message::Job>& job) {
  if (job) admit(*job);
}

void Dispatcher::withdraw(message::Key message) { x_plan.remove(message); }

void Dispatcher::stop() {
  x_stopped = true;
  x_work.notify();
}

async::Task<> Dispatcher::serve(const std::string& modem, modem::Link& link) {
  const std::string sim = link.identity().sim();
  async::Scope scope(co_await async::this_executor());
  Post post{modem, link, scope};
  scope.spawn(watch(link));
  x_plan.sim_ready(sim);
  std::exception_ptr failure;
  try {
    co_await work(post);
  } catch (...) {
    failure = std::current_exception();
    stop();
  }
  x_plan.sim_gone(sim);
  x_rests.erase(modem);
  x_work.notify();
  co_await scope.join();
  if (failure) std::rethrow_exception(failure);
}

async::Task<> Dispatcher::work(Post& post) {
  while (post.link.up() && !x_stopped) {
    const auto job = x_plan.take(post.link.identity().sim(), async::now().wall);
    if (!job) {
      co_await idle();
      continue;
    }
    const Next next = co_await transmit(post, *job);
    if (next == Next::postponed) co_await rest(post, record_pause);
    if (const auto rests = x_rests.find(post.modem); rests != x_rests.end()) {
      co_await rest(post, rests->second.until - async::now().wall);
      x_rests.erase(post.modem);
    }
  }
}

// Meanwhile the others may have what this SIM was refused.
async::Task<> Dispatcher::rest(Post& post, base::Milliseconds span) {
  const std::string sim = post.link.identity().sim();
  const base::Steady until = async::now().steady + span;
  x_plan.sim_gone(sim);
  x_work.notify();
  while (post.link.up() && !x_stopped && async::now().steady < until) co_await x_work.wait_until(until);
  x_plan.sim_ready(sim);
}

// Wakes the serve loops when the link goes down; ends then, or with the dispatcher.
async::Task<> Dispatcher::watch(modem::Link& link) {
  while (link.up() && !x_stopped) {
    co_await link.changed().wait_until(async::now().steady + 5s);
  }
  x_work.notify();
}

async::Task<> Dispatcher::idle() {
  constexpr auto longest = 30s;
  const auto now = async::now();
  const auto next = x_plan.next_ready();
  const auto pause = next ? std::clamp<base::Milliseconds>(*next - now.wall, 1ms, longest) : longest;
  co_await x_work.wait_until(now.steady + pause);
}

async::Task<Dispatcher::Next> Dispatcher::transmit(Post& post, const message::Job& job) {
  const message::Key key = job.message;
  x_flights[key] = Flight{};
  const auto loaded = co_await load(key);
  Next next = Next::message;
  if (loaded) {
    for (const int part : loaded->parts) {
      next = co_await hand_over(post, *loaded, part);
      if (next != Next::part) break;
    }
  }
  Flight& flight = x_flights.at(key);
  flight.over = true;
  if (next == Next::postponed && !flight.again) flight.again = job;
  land(key);
  co_return next;
}

// What of the message may go on the air now; nothing when it was cancelled meanwhile.
async::Task<std::optional<Dispatcher::Load>> Dispatcher::load(message::Key message) {
  auto unit = [&](const store::Connection& connection) {
    std::optional<Load> loaded;
    const auto record = store::find_message(connection, message);
    if (!record) return loaded;
    loaded = Load{record->message, record->progress, {}, 0, {}};
    for (const message::Part& part : store::parts_of(connection, message)) {
      if (message::waits(part)) loaded->parts.push_back(part.number);
    }
    loaded->concat_reference = record->progress.concat_reference
                                   ? *record->progress.concat_reference
                                   : store::next_concat_reference(connection, record->message.number);
    return loaded;
  };
  auto loaded = co_await x_reader.run(unit);
  if (!loaded) co_return loaded;
  auto segments = pdu::segment_again(loaded->message.text, encoding_of(loaded->message), loaded->message.segments);
  if (segments) {
    loaded->segments = std::move(*segments);
    co_return loaded;
  }
  co_await give_up(message, segments.error().sentence);
  co_return std::nullopt;
}

// One part over one modem.
async::Task<Dispatcher::Next> Dispatcher::hand_over(Post& post, const Load& load, int part) {
  const base::Time now = async::now().wall;
  const auto envelope = envelope_of(load.message, load.concat_reference, now);
  const auto encoded = pdu::encode_part(load.segments, static_cast<std::size_t>(part), envelope);
  if (!encoded) {
    co_await give_up(load.message.key, encoded.error().sentence);
    co_return Next::message;
  }
  Handover handover;
  handover.modem = post.modem;
  handover.validity_minutes = static_cast<int>(envelope.validity->count());
  handover.step.message = load.message.key;
  handover.step.part = part;
  handover.step.at = now;
  handover.step.sim = post.link.identity().sim();
  if (load.message.segments > 1) handover.step.concat_reference = load.concat_reference;

  async::Gate permit, handed;
  modem::Submission submission{encoded->hex, encoded->length, permit, handed};
  async::Scope recording(co_await async::this_executor());
  recording.spawn(record(handover, permit));
  Ending ending;
  ending.verdict = co_await post.link.submit(submission);
  co_await recording.join();
  if (!handover.attempt) co_return handover.postponed ? Next::postponed : Next::message;
  ending.attempt = *handover.attempt;
  ending.at = async::now().wall;
  const bool accepted = std::holds_alternative<modem::Accepted>(ending.verdict);
  judge(post, load.message.key, ending.verdict);
  ++x_flights.at(load.message.key).unsettled;
  post.scope.spawn(settle_later(load.message.key, std::move(ending)));
  co_return accepted&& post.link.up() && !x_stopped ? Next::part : Next::message;
}

// A SIM that is refused twice in a row, for different messages, rests: the queue is not burnt on it.
void Dispatcher::judge(Post& post, message::Key message, const modem::Verdict& verdict) {
  if (std::holds_alternative<modem::Accepted>(verdict)) post.refusals = 0, post.refused_last = 0;
  const auto* refused = std::get_if<modem::Refused>(&verdict);
  if (refused == nullptr || refused->blame != base::Blame::sim || message == post.refused_last) return;
  post.refused_last = message;
  if (++post.refusals < suspicious) return;
  const auto step = std::min<std::size_t>(static_cast<std::size_t>(post.refusals - suspicious), sim_rests.size() - 1);
  x_rests[post.modem] = {async::now().wall + sim_rests.at(step), refused->sentence};
  spdlog::warn("modem {}: its SIM was refused {} times in a row ({}): it rests for {} minutes", post.modem,
               post.refusals, refused->result, sim_rests.at(step).count());
}

// The attempt on disk first, then the permit for Ctrl-Z.
async::Task<> Dispatcher::record(Handover& handover, async::Gate& permit) {
  const Permit shut_unless_opened(permit);
  auto unit = [&](store::Transaction& transaction) -> base::Result<std::int64_t> {
    const Outcome outcome = x_ledger.apply(transaction, handover.step);
    if (!outcome.changed) {
      return base::Error{base::Fault::refused, "not-waiting", "The message does not wait to be sent any more."};
    }
    store::Attempt attempt;
    attempt.message = handover.step.message;
    attempt.part = handover.step.part;
    attempt.modem = handover.modem;
    attempt.sim = *handover.step.sim;
    attempt.started_at = handover.step.at;
    attempt.validity_minutes = handover.validity_minutes;
    attempt.result = "open";
    return store::insert_attempt(transaction, attempt);
  };
  const auto attempt = co_await x_writer.run(unit);
  if (!attempt) {
    handover.postponed = attempt.error().code != "not-waiting";
    if (handover.postponed && !std::exchange(x_postponing, true))
      spdlog::error("nothing is sent for now, because the record cannot be written: {}", attempt.error().sentence);
    co_return;
  }
  if (std::exchange(x_postponing, false)) spdlog::info("the record can be written again; sending goes on");
  handover.attempt = *attempt;
  permit.open();
  x_changed.notify();
}

// Runs beside the next part: the verdict into the record, then what is left back into the plan.
async::Task<> Dispatcher::settle_later(message::Key message, Ending ending) {
  auto unit = [&](store::Transaction& transaction) -> base::Result<Outcome> {
    return settle(transaction, x_ledger, ending);
  };
  const std::function<bool()> waits = [this] { return !x_stopped; };
  const auto outcome = co_await insist(x_writer, unit, waits);
  if (!outcome) spdlog::error("a modem's verdict could not be recorded: {}", outcome.error().sentence);
  Flight& flight = x_flights.at(message);
  --flight.unsettled;
  flight.again = outcome ? outcome->again : std::nullopt;
  x_changed.notify();
  land(message);
}

// A message that was accepted but that this version cannot put on the air.
async::Task<> Dispatcher::give_up(message::Key message, const std::string& why) {
  Step step;
  step.message = message;
  step.event = message::Event::refused_for_good;
  step.at = async::now().wall;
  step.cause = Cause{"technical", "Technical error. IT has been told."};
  step.detail = why;
  spdlog::error("message {} cannot be sent: {}", message, why);
  auto unit = [&](store::Transaction& transaction) -> base::Result<Outcome> {
    return x_ledger.apply_all(transaction, step);
  };
  const std::function<bool()> waits = [this] { return !x_stopped; };
  co_await insist(x_writer, unit, waits);
  x_changed.notify();
}

void Dispatcher::land(message::Key message) {
  const auto flight = x_flights.find(message);
  if (!flight->second.over || flight->second.unsettled > 0) return;
  const auto again = flight->second.again;
  x_flights.erase(flight);
  admit(again);
  x_work.notify();
}

}  // namespace burstd::gateway

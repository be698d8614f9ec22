#include "gateway/dispatcher.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "gateway/settlement.hpp"
#include "pdu/submit.hpp"

namespace burstd::gateway {

namespace {

using namespace std::chrono_literals;

// How long the service centre shall try: until the message has no use any more, five minutes at least.
std::chrono::minutes validity_of(const message::Message& message, base::Time now) {
  const auto left = std::chrono::ceil<std::chrono::minutes>(message.expires_at - now);
  return std::clamp<std::chrono::minutes>(left, 5min, std::chrono::minutes{63 * 7 * 24 * 60});
}

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
  while (link.up() && !x_stopped) {
    const auto job = x_plan.take(sim, async::now().wall);
    if (job) {
      co_await transmit(post, *job);
    } else {
      co_await idle();
    }
  }
  x_plan.sim_gone(sim);
  x_work.notify();
  co_await scope.join();
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
  auto until = async::now();
  const auto next = x_plan.next_change();
  const auto pause = next ? std::clamp<base::Milliseconds>(*next - until.wall, 1ms, longest) : longest;
  co_await x_work.wait_until(until.steady + pause);
}

async::Task<> Dispatcher::transmit(Post& post, const message::Job& job) {
  const message::Key key = job.message;
  x_flights[key] = Flight{};
  const auto loaded = co_await load(key);
  if (loaded) {
    const auto segments = pdu::segment(loaded->message.text);
    for (const int part : loaded->parts) {
      const bool goes_on = co_await hand_over(post, *loaded, *segments, part);
      if (!goes_on) break;
    }
  }
  x_flights.at(key).over = true;
  land(key);
}

// What of the message may go on the air now; nothing when it was cancelled meanwhile.
async::Task<std::optional<Dispatcher::Load>> Dispatcher::load(message::Key message) {
  auto unit = [&](const store::Connection& connection) {
    std::optional<Load> loaded;
    const auto record = store::find_message(connection, message);
    if (!record) return loaded;
    loaded = Load{record->message, record->progress, {}, 0};
    for (const message::Part& part : store::parts_of(connection, message)) {
      if (message::waits(part)) loaded->parts.push_back(part.number);
    }
    loaded->concat_reference = record->progress.concat_reference
                                   ? *record->progress.concat_reference
                                   : store::next_concat_reference(connection, record->message.number);
    return loaded;
  };
  co_return co_await x_reader.run(unit);
}

// One part over one modem. True when the next part may follow at once.
async::Task<bool> Dispatcher::hand_over(Post& post, const Load& load, const pdu::Segmentation& segments, int part) {
  const base::Time now = async::now().wall;
  pdu::Envelope envelope;
  envelope.destination = load.message.number;
  envelope.validity = validity_of(load.message, now);
  envelope.reference = static_cast<std::uint8_t>(load.concat_reference);
  const auto encoded = pdu::encode_part(segments, static_cast<std::size_t>(part), envelope);

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
  modem::Verdict verdict = co_await post.link.submit(submission);
  co_await recording.join();
  if (!handover.attempt) co_return false;
  const bool accepted = std::holds_alternative<modem::Accepted>(verdict);
  ++x_flights.at(load.message.key).unsettled;
  post.scope.spawn(settle_later(load.message.key, *handover.attempt, std::move(verdict), async::now().wall));
  co_return accepted&& post.link.up() && !x_stopped;
}

// The attempt on disk first, then the permit for Ctrl-Z.
async::Task<> Dispatcher::record(Handover& handover, async::Gate& permit) {
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
  if (attempt) {
    handover.attempt = *attempt;
    permit.open();
    x_changed.notify();
  } else {
    permit.shut();
  }
}

// Runs beside the next part: the verdict into the record, then what is left back into the plan.
async::Task<> Dispatcher::settle_later(message::Key message, std::int64_t attempt, modem::Verdict verdict,
                                       base::Time at) {
  auto unit = [&](store::Transaction& transaction) -> base::Result<Outcome> {
    return settle(transaction, x_ledger, attempt, verdict, at);
  };
  const auto outcome = co_await x_writer.run(unit);
  Flight& flight = x_flights.at(message);
  --flight.unsettled;
  flight.again = outcome ? outcome->again : std::nullopt;
  x_changed.notify();
  land(message);
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

// The part of Dispatcher that brings one message on its way.
#include <spdlog/spdlog.h>

#include <utility>

#include "gateway/dispatcher.hpp"
#include "gateway/envelope.hpp"
#include "gateway/insist.hpp"
#include "gateway/veto.hpp"
#include "pdu/submit.hpp"
#include "store/spending.hpp"

namespace burstd::gateway {

namespace {

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

std::string in_minutes(std::chrono::minutes span) {
  return std::to_string(span.count()) + (span.count() == 1 ? " minute" : " minutes");
}

}  // namespace

async::Task<Dispatcher::Next> Dispatcher::transmit(Post& post, Ready ready) {
  const message::Key key = ready.job.message;
  const bool too_late = ready.job.expires_at <= async::now().wall;
  Next next = Next::message;
  for (std::size_t which = 0; which < ready.load.parts.size() && !too_late; ++which) {
    next = co_await hand_over(post, ready, which);
    if (next != Next::part) break;
  }
  Flight& flight = x_flights.at(key);
  flight.over = true;
  const bool untouched = next == Next::overtaken || next == Next::postponed || too_late;
  if (untouched && !flight.again) flight.again = ready.job;
  land(key);
  co_return next;
}

// What of the message may go on the air now; nothing when it was cancelled meanwhile.
async::Task<std::optional<Dispatcher::Load>> Dispatcher::load(const Post& post, message::Key message) {
  const bool alone = x_posts.size() < 2;
  auto unit = [&](const store::Connection& connection) {
    std::optional<Load> loaded;
    const auto record = store::find_message(connection, message);
    if (!record) return loaded;
    loaded = Load{record->message, record->progress, {}, 0, {}, false, {}};
    for (const message::Part& part : store::parts_of(connection, message)) {
      if (message::waits(part)) loaded->parts.push_back(part.number);
    }
    loaded->concat_reference = record->progress.concat_reference
                                   ? *record->progress.concat_reference
                                   : store::next_concat_reference(connection, record->message.number);
    const std::string& number = record->message.number;
    if (!alone) loaded->last_sim = store::last_sim(connection, number);
    loaded->collides = store::reference_collides(connection, post.sim, number, static_cast<int>(loaded->parts.size()));
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
async::Task<Dispatcher::Next> Dispatcher::hand_over(Post& post, const Ready& ready, std::size_t which) {
  co_await post.link.emptied();
  if (which == 0 && !post.probing && overtaken(post, ready.job)) co_return Next::overtaken;
  const Load& load = ready.load;
  const base::Time now = async::now().wall;
  const int part = load.parts.at(which);
  const auto envelope = envelope_of(load.message, load.concat_reference, now);
  const auto encoded = pdu::encode_part(load.segments, static_cast<std::size_t>(part), envelope);
  if (!encoded) {
    co_await give_up(load.message.key, encoded.error().sentence);
    co_return Next::message;
  }
  Handover handover{load.message};
  handover.modem = post.modem;
  handover.validity_minutes = static_cast<int>(envelope.validity->count());
  handover.begins = which == 0;
  handover.keeps_hours = load.message.priority != message::Priority::urgent && !ready.job.sim;
  handover.last = which + 1 == load.parts.size();
  handover.step.message = load.message.key;
  handover.step.part = part;
  handover.step.at = now;
  handover.step.sim = post.sim;
  if (load.message.segments > 1) handover.step.concat_reference = load.concat_reference;

  async::Gate permit, handed;
  modem::Submission submission{encoded->hex, encoded->length, permit, handed, !handover.last || x_plan.size() > 0};
  async::Scope recording(co_await async::this_executor());
  recording.spawn(record(post, handover, {permit, handed}));
  Ending ending;
  ending.verdict = co_await post.link.submit(submission);
  co_await recording.join();
  if (handover.untimely) co_return look_again();
  if (!handover.attempt) co_return handover.postponed ? Next::postponed : Next::message;
  ending.attempt = *handover.attempt;
  ending.at = async::now().wall;
  const bool accepted = std::holds_alternative<modem::Accepted>(ending.verdict);
  judge(post, handover, ending.verdict);
  ++x_flights.at(load.message.key).unsettled;
  post.scope.spawn(guarded(settle_later(load.message.key, std::move(ending))));
  co_return accepted&& serving(post) ? Next::part : Next::message;
}

// What never left is not counted by the operator; a SIM that is not welcome rests, so that the queue is not burnt on
// it.
void Dispatcher::judge(Post& post, const Handover& handover, const modem::Verdict& verdict) {
  const auto* refused = std::get_if<modem::Refused>(&verdict);
  const bool before_air =
      std::holds_alternative<modem::NotSent>(verdict) || (refused != nullptr && refused->before_air);
  if (before_air) post.purse.give_back(handover.step.at);
  if (post.throttle.judge(verdict))
    spdlog::info("modem {}: the network is congested; its SIM pauses {} s between messages for now", post.modem,
                 std::chrono::duration_cast<std::chrono::seconds>(post.throttle.pause()).count());
  if (refused != nullptr || std::holds_alternative<modem::Accepted>(verdict)) post.probing = false;
  tell(post.modem, post.sim, verdict);
  const auto rest = post.suspicion.judge(handover.message.number, verdict);
  if (!rest) return;
  x_rests[post.modem] = {async::now().wall + rest->span, rest->sentence, rest->refusals};
  x_changed.notify();
  spdlog::warn("modem {}: its SIM was refused {} times in a row ({}): it rests for {}", post.modem, rest->refusals,
               refused->result, in_minutes(rest->span));
}

void Dispatcher::tell(const std::string& modem, const std::string& sim, const modem::Verdict& verdict) {
  const auto* refused = std::get_if<modem::Refused>(&verdict);
  if (refused == nullptr) return;
  const auto line = x_alarms.judge(sim, *refused, async::now().steady);
  if (line) spdlog::warn("modem {}: {}", modem, *line);
}

// Since it was fetched its time has passed or its hours have ended. What is half sent goes at any hour, as in the plan.
bool Dispatcher::is_untimely(const Handover& handover, base::Time now) const {
  if (!handover.begins) return false;
  const bool shut = handover.keeps_hours && x_hours.now().closed(now).contains(handover.message.category);
  return shut || handover.message.expires_at <= now;
}

// Back into the plan with it, which is to know of the hours before anything else is taken.
Dispatcher::Next Dispatcher::look_again() {
  x_hours_until = {};
  return Next::overtaken;
}

// The attempt on disk first, then the permit for Ctrl-Z.
async::Task<> Dispatcher::record(Post& post, Handover& handover, Gates gates) {
  const Permit shut_unless_opened(gates.permit);
  auto unit = [&](store::Transaction& transaction) -> base::Result<std::optional<std::int64_t>> {
    const auto veto = veto_on(transaction, handover.message);
    if (veto) enforce(transaction, x_ledger, handover.message.key, {*veto, handover.step.at});
    handover.untimely = !veto && is_untimely(handover, async::now().wall);
    const bool dispatched = !veto && !handover.untimely && x_ledger.apply(transaction, handover.step).changed;
    if (!dispatched) return std::optional<std::int64_t>();  // it does not wait to be sent any more
    store::Attempt attempt;
    attempt.message = handover.step.message;
    attempt.part = handover.step.part;
    attempt.modem = handover.modem;
    attempt.sim = *handover.step.sim;
    attempt.started_at = handover.step.at;
    attempt.validity_minutes = handover.validity_minutes;
    attempt.result = "open";
    return std::optional(store::insert_attempt(transaction, attempt));
  };
  const auto attempt = co_await x_writer.run(unit);
  if (!attempt) {
    handover.postponed = true;
    if (!std::exchange(x_postponing, true))
      spdlog::error("nothing is sent for now, because the record cannot be written: {}", attempt.error().sentence);
    co_return;
  }
  if (std::exchange(x_postponing, false)) spdlog::info("the record can be written again; sending goes on");
  if (!*attempt) co_return x_changed.notify();
  handover.attempt = **attempt;
  post.purse.charge(handover.step.at, handover.message.number);
  gates.permit.open();
  x_changed.notify();
  co_await gates.handed.passed();  // nothing stands in the way of Ctrl-Z
  if (handover.last && !post.fetching && !post.next) post.scope.spawn(guarded(fetch_beside(post)));
}

// Runs beside the next part: the verdict into the record, in one commit with that part's attempt and never after it;
// then what is left back into the plan.
async::Task<> Dispatcher::settle_later(message::Key message, Ending ending) {
  auto unit = [&](store::Transaction& transaction) -> base::Result<Outcome> {
    return settle(transaction, x_ledger, ending);
  };
  const std::function<bool()> waits = [this] { return !x_stopped; };
  const auto outcome = co_await insist(x_writer, unit, waits, store::Haste::can_wait);
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
  const Flight landed = std::move(flight->second);
  x_flights.erase(flight);
  std::optional<message::Job> job = landed.again ? landed.again : landed.admitted;
  if (job && landed.admitted) job->route = landed.admitted->route;  // by the configuration as it is now
  admit(job);
  x_work.notify();
}

}  // namespace burstd::gateway

#include "gateway/ledger.hpp"

#include <algorithm>

#include "gateway/doubt.hpp"
#include "message/fold.hpp"
#include "store/history.hpp"
#include "store/sims.hpp"
#include "store/texts.hpp"

namespace burstd::gateway {

namespace {

using message::Event;
using message::State;

void explain(message::Part& part, const std::optional<Cause>& cause) {
  part.error_code = cause ? std::optional{cause->code} : std::nullopt;
  part.error = cause ? std::optional{cause->sentence} : std::nullopt;
}

bool is_report(Event event) {
  return event == Event::report_delivered || event == Event::report_unconfirmed || event == Event::report_trying ||
         event == Event::report_failed;
}

void begin_try(message::Part& part, const Step& step) {
  ++part.tries;
  part.sim = step.sim;
  part.next_attempt_at.reset();
  part.window_ends_at.reset();
  part.window_over = false;
}

// What the former sending left is in its attempts and reports.
void begin_again(message::Part& part, const Step& step) {
  part.tries = 0;
  part.sent_at.reset();
  part.window_ends_at.reset();
  part.window_over = false;
  part.next_attempt_at = step.next_attempt_at;
  if (step.whole && !step.elsewhere) part.sim.reset();
  explain(part, step.cause);
}

// What an event leaves behind in a part besides its new standing.
void leave_traces(message::Part& part, const Step& step) {
  if (step.status) part.last_status = step.status;
  if (step.event == Event::dispatched) return begin_try(part, step);
  if (step.event == Event::repeated) return begin_again(part, step);
  if (step.window_ends_at) part.window_ends_at = step.window_ends_at;
  if (step.event == Event::accepted) part.sent_at = step.at;
  if (is_report(step.event) && !part.sent_at) part.sent_at = step.taken_at.value_or(step.at);
  if (step.event == Event::report_trying) return;
  if (step.event == Event::not_sent) --part.tries;  // nothing was refused
  if (step.event == Event::window_ended) part.window_over = true;
  if (step.event == Event::report_delivered) part.delivered_at = step.delivered_at.value_or(step.at);
  part.next_attempt_at = step.next_attempt_at;
  const bool keeps_cause = step.event == Event::window_ended && part.standing.state == State::uncertain;
  if (!keeps_cause) explain(part, step.cause);
}

// A phone may still hold parts of the former sending. The references of a number are handed out one after the other:
// this one is far from those that are in use, and so is the next.
int apart(int concat_reference) { return (concat_reference + 85) % 256; }

// The SIM a message is bound to: where something of it left, or is on the air now.
std::optional<std::string> bound_to(const std::vector<message::Part>& parts) {
  const auto bound = std::ranges::find_if(parts, [](const message::Part& part) {
    return part.standing.state == State::sending || message::has_left(part);
  });
  return bound == parts.end() ? std::nullopt : bound->sim;
}

// The SIM over which a part may have left that is sent once more: a phone joins or drops copies from one number only.
std::optional<std::string> doubted_over(const store::Transaction& transaction,
                                        const std::vector<message::Part>& parts) {
  const auto doubted =
      std::ranges::find_if(parts, [&](const message::Part& part) { return waits_in_doubt(transaction, part); });
  return doubted == parts.end() ? std::nullopt : doubted->sim;
}

store::Change change_of(const Step& step, const message::Part& part, State from) {
  store::Change change;
  change.at = step.at;
  change.kind = "item";
  change.message = step.message;
  change.batch = step.batch;
  change.part = part.number;
  change.event = message::to_string(step.event);
  change.from = message::to_string(from);
  change.to = message::to_string(part.standing.state);
  change.detail = step.detail ? step.detail : (step.cause ? std::optional{step.cause->code} : std::nullopt);
  return change;
}

// A message that stays where it was came nowhere.
void count(store::Transaction& transaction, State from, State to) {
  if (from != to) ++transaction.tally().messages[std::string(message::to_string(to))];
}

// What has failed does not go again.
void forget_next(store::Transaction& transaction, std::vector<message::Part>& parts) {
  for (message::Part& part : parts) {
    if (part.standing.state != State::failed || !part.next_attempt_at) continue;
    part.next_attempt_at.reset();
    store::save_part(transaction, part);
  }
}

// A change of what is known of a message, not of its state.
void touch(store::Transaction& transaction, message::Key key, std::int64_t change_seq, base::Time at) {
  auto record = store::find_message(transaction, key);
  if (!record) return;
  record->progress.change_seq = change_seq;
  record->progress.updated_at = at;
  store::save_progress(transaction, key, record->progress);
}

}  // namespace

message::Message Ledger::accept(store::Transaction& transaction, message::Message message, const std::string& digest,
                                const std::optional<Stillborn>& stillborn) const {
  message::Progress progress;
  progress.updated_at = message.created_at;
  progress.change_seq = store::last_seq(transaction) + 1;
  message = stillborn ? store::insert_stillborn(transaction, std::move(message), progress, digest)
                      : store::insert_message(transaction, std::move(message), progress, digest);
  store::Change change;
  change.at = message.created_at;
  change.kind = "item";
  change.message = message.key;
  change.batch = message.batch;
  change.event = store::recorded;
  change.detail = "by " + (message.user ? *message.user + " of " : "") + message.client;
  change.to = message::to_string(State::queued);
  store::append_history(transaction, change);
  ++transaction.tally().messages[*change.to];
  if (stillborn) {
    Step step;
    step.message = message.key;
    step.event = stillborn->event;
    step.at = message.created_at;
    step.cause = stillborn->cause;
    step.batch = message.batch;
    apply_all(transaction, step);
  }
  return message;
}

Outcome Ledger::apply(store::Transaction& transaction, const Step& step) const {
  return apply_to(transaction, step, [&](const message::Part& part) { return part.number == step.part; });
}

Outcome Ledger::apply_all(store::Transaction& transaction, const Step& step) const {
  return apply_to(transaction, step, [](const message::Part&) { return true; });
}

Outcome Ledger::apply_to(store::Transaction& transaction, const Step& step, const Choice& chosen) const {
  Outcome outcome;
  const auto record = store::find_message(transaction, step.message);
  if (!record) return outcome;
  auto parts = store::parts_of(transaction, step.message);
  outcome.after = record->progress;
  for (message::Part& part : parts) {
    if (!chosen(part)) continue;
    outcome.part = part;
    const auto standing = message::next(part.standing, step.event);
    if (!standing) continue;
    const State from = part.standing.state;
    part.standing = *standing;
    leave_traces(part, step);
    store::save_part(transaction, part);
    outcome.after.change_seq = store::append_history(transaction, change_of(step, part, from));
    outcome.part = part;
    outcome.changed = true;
  }
  if (!outcome.changed) return outcome;
  conclude(transaction, step, *record, {parts, outcome});
  return outcome;
}

void Ledger::conclude(store::Transaction& transaction, const Step& step, const store::Record& record,
                      Conclusion conclusion) const {
  auto& [parts, outcome] = conclusion;
  const bool failed = std::ranges::any_of(parts, [](const auto& part) { return part.standing.state == State::failed; });
  if (failed) abandon_rest(transaction, step, {parts, outcome});
  outcome.after.updated_at = step.at;
  outcome.after.sim = bound_to(parts);
  if (!outcome.after.sim && parts.size() > 1) outcome.after.sim = doubted_over(transaction, parts);
  if (step.concat_reference) outcome.after.concat_reference = step.concat_reference;
  if (step.whole && outcome.after.concat_reference)
    outcome.after.concat_reference = apart(*outcome.after.concat_reference);
  outcome.after = message::fold(outcome.after, parts, options().status);
  if (outcome.after.state == State::failed) forget_next(transaction, parts);
  count(transaction, record.progress.state, outcome.after.state);
  store::save_progress(transaction, step.message, outcome.after);
  outcome.again = message::remaining_job(record.message, outcome.after, parts);
}

// Once one part has failed for good the rest would only be a fragment on the patient's phone.
void Ledger::abandon_rest(store::Transaction& transaction, const Step& cause, Conclusion conclusion) const {
  auto& [parts, outcome] = conclusion;
  for (message::Part& part : parts) {
    const auto standing = message::next(part.standing, Event::abandoned);
    if (!standing) continue;
    Step step;
    step.message = part.message;
    step.part = part.number;
    step.event = Event::abandoned;
    step.at = cause.at;
    step.cause = Cause{"abandoned", "Not sent, because another part of the message failed"};
    const State from = part.standing.state;
    part.standing = *standing;
    leave_traces(part, step);
    store::save_part(transaction, part);
    outcome.after.change_seq = store::append_history(transaction, change_of(step, part, from));
  }
}

void Ledger::annotate(store::Transaction& transaction, const store::Note& note) const {
  touch(transaction, note.message, store::insert_note(transaction, note), note.at);
}

void Ledger::mark_resent(store::Transaction& transaction, message::Key old, const message::Message& again) const {
  store::Change change;
  change.at = again.created_at;
  change.kind = "item";
  change.message = old;
  change.event = "resent";
  change.detail = "as " + again.id + ", by " + (again.user ? *again.user + " of " : "") + again.client;
  touch(transaction, old, store::append_history(transaction, change), again.created_at);
}

void Ledger::remove_text(store::Transaction& transaction, message::Key key, base::Time at) const {
  store::remove_text(transaction, key, at);
}

void Ledger::listen(store::Transaction& transaction, const std::string& sim, base::Time now) const {
  const auto until = store::listened_until(transaction, sim);
  if (until && now >= *until && now < *until + options().listening_step) return;
  if (until && now >= *until + 2 * options().listening_step) store::postpone_windows(transaction, sim, now - *until);
  store::note_listened(transaction, sim, now);
}

void Ledger::reports_flow(store::Transaction& transaction, const std::string& sim, base::Time now) const {
  store::shorten_uncertain_windows(transaction, sim, now + options().uncertain_window);
}

}  // namespace burstd::gateway

#include "gateway/settlement.hpp"

#include "gateway/observer.hpp"
#include "gateway/veto.hpp"
#include "message/retry.hpp"

namespace burstd::gateway {

const Cause not_known{"uncertain", "Not known whether it arrived. Phone the patient rather than send again."};

namespace {

using message::Event;

struct Settled {
  store::Attempt attempt;
  Step step;
};

Step step_of(const store::Attempt& attempt, Event event, base::Time at) {
  Step step;
  step.message = attempt.message;
  step.part = attempt.part;
  step.event = event;
  step.at = at;
  step.sim = attempt.sim;
  return step;
}

// One reading per kind of verdict.
class Reading {
 public:
  Reading(const store::Transaction& transaction, const Ledger& ledger, store::Attempt attempt, base::Time at)
      : x_transaction(transaction), x_options(ledger.options()), x_attempt(std::move(attempt)), x_at(at) {}

  Settled operator()(const modem::Accepted& accepted) {
    x_attempt.reference = accepted.reference;
    Step step = step_of(x_attempt, Event::accepted, x_at);
    step.window_ends_at = window_end(x_attempt, x_at, x_options);
    if (accepted.reference) step.detail = "reference " + std::to_string(*accepted.reference);
    return ended("accepted", std::nullopt, std::move(step));
  }

  Settled operator()(const modem::Refused& refused) {
    const auto record = store::find_message(x_transaction, x_attempt.message);
    const auto parts = store::parts_of(x_transaction, x_attempt.message);
    const int tries = parts.at(static_cast<std::size_t>(x_attempt.part - 1)).tries;
    const message::Refusal refusal{
        refused.blame, refused.patience, refused.before_air, tries, x_at, record ? record->message.expires_at : x_at};
    const auto decision = message::decide(refusal);
    Step step = step_of(x_attempt, decision.event, x_at);
    step.next_attempt_at = decision.next_attempt_at;
    if (decision.event == Event::lost) return lost(std::move(step), refused.result);
    const bool for_good = decision.event == Event::refused_for_good;
    step.cause = Cause{"refused", for_good ? message::last_words(refused.sentence, refusal) : refused.sentence};
    step.detail = refused.result + ": " + refused.sentence;
    x_attempt.charged = !refused.before_air;
    return ended("refused", refused.result, std::move(step));
  }

  Settled operator()(const modem::NotSent& not_sent) {
    x_attempt.charged = false;
    return ended("not-sent", not_sent.why, step_of(x_attempt, Event::not_sent, x_at));
  }

  Settled operator()(const modem::Unknown& unknown) { return lost(step_of(x_attempt, Event::lost, x_at), unknown.why); }

 private:
  Settled lost(Step step, const std::string& why) {
    step.window_ends_at = window_end(x_attempt, x_at, x_options);
    step.cause = not_known;
    step.detail = why;
    return ended("unknown", why, std::move(step));
  }

  Settled ended(const char* result, std::optional<std::string> failure, Step step) {
    x_attempt.result = result;
    x_attempt.ended_at = x_at;
    x_attempt.failure = std::move(failure);
    return {x_attempt, std::move(step)};
  }

  const store::Transaction& x_transaction;
  const Options& x_options;
  store::Attempt x_attempt;
  base::Time x_at;
};

}  // namespace

base::Time window_end(const store::Attempt& attempt, base::Time start, const Options& options) {
  constexpr std::chrono::minutes service_centre_default{3 * 24 * 60};
  const std::chrono::minutes validity =
      attempt.validity_minutes ? std::chrono::minutes{*attempt.validity_minutes} : service_centre_default;
  return start + validity + options.report_grace;
}

Outcome settle(store::Transaction& transaction, const Ledger& ledger, const Ending& ending) {
  const auto found = store::find_attempt(transaction, ending.attempt);
  if (!found || (found->result != "open" && found->result != "unknown")) return {};
  if (found->result == "unknown" && std::holds_alternative<modem::Unknown>(ending.verdict)) return {};
  Reading reading(transaction, ledger, *found, ending.at);
  const Settled settled = std::visit(reading, ending.verdict);
  store::finish_attempt(transaction, settled.attempt);
  Outcome outcome = ledger.apply(transaction, settled.step);
  const auto early = adopt_early_reports(transaction, ledger, settled.attempt);
  return unless_vetoed(transaction, ledger, early.changed ? early : std::move(outcome), ending.at);
}

}  // namespace burstd::gateway

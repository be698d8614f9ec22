#include "gateway/doubt.hpp"

#include <algorithm>

#include "gateway/settlement.hpp"
#include "gateway/veto.hpp"
#include "message/fold.hpp"
#include "store/attempts.hpp"
#include "store/history.hpp"
#include "store/restoration.hpp"

namespace burstd::gateway {

namespace {

using message::Event;
using message::State;
using Attempts = std::vector<store::Attempt>;

const std::string from_doubt{message::to_string(State::uncertain)};

bool has_no_verdict(const store::Attempt& attempt) { return attempt.result == "unknown"; }

// The newest attempt with which the part may have left.
const store::Attempt* doubted(const Attempts& attempts, const message::Part& part) {
  const auto found = std::find_if(attempts.rbegin(), attempts.rend(), [&](const store::Attempt& attempt) {
    return attempt.part == part.number && has_no_verdict(attempt);
  });
  return found == attempts.rend() ? nullptr : &*found;
}

Step step_of(const message::Part& part, Event event, base::Time now) {
  Step step;
  step.message = part.message;
  step.part = part.number;
  step.event = event;
  step.at = now;
  return step;
}

// Whether one doubt is to end in a second sending now.
class Policy {
 public:
  Policy(const store::Transaction& transaction, const Options& options, base::Time now, const Listeners& listeners)
      : x_transaction(transaction), x_options(options), x_now(now), x_listeners(listeners) {}

  bool wants(const store::Record& record, const std::vector<message::Part>& parts) const {
    if (!x_options.resend_doubtful.contains(record.message.category)) return false;
    if (veto_on(x_transaction, record.message) || record.message.removed_at) return false;
    const Attempts attempts = store::attempts_of(x_transaction, record.message.key);
    if (is_torn(parts, attempts)) return false;
    return std::ranges::all_of(parts, [&](const message::Part& part) {
      return part.standing.state != State::uncertain || may_be_repeated(part, attempts);
    });
  }

 private:
  bool may_be_repeated(const message::Part& part, const Attempts& attempts) const {
    const store::Attempt* const attempt = doubted(attempts, part);
    if (attempt == nullptr || !waited_long(*attempt) || was_restored_since(*attempt)) return false;
    const auto earlier = store::repeated_from(x_transaction, part);
    return std::ranges::find(earlier, from_doubt) == earlier.end();
  }

  // Who sent from this record before may have done it already.
  bool was_restored_since(const store::Attempt& attempt) const {
    const auto restoration = store::last_restoration(x_transaction);
    return restoration && attempt.started_at <= restoration->at;
  }

  // A modem that is back hands over first what it has kept.
  bool waited_long(const store::Attempt& attempt) const {
    base::Time since = attempt.ended_at.value_or(attempt.started_at);
    const auto listener = x_listeners.find(attempt.sim);
    if (listener != x_listeners.end()) since = std::max(since, listener->second);
    return since + x_options.resend_after <= x_now;
  }

  // Of a longer message a part has left so long ago that the phone does not wait for the others any more.
  bool is_torn(const std::vector<message::Part>& parts, const Attempts& attempts) const {
    const bool left = std::ranges::any_of(parts, [](const message::Part& part) {
      return part.standing.state != State::uncertain && message::has_left(part);
    });
    return left && std::ranges::any_of(attempts, [&](const store::Attempt& attempt) {
             const bool handed_over = attempt.result == "accepted" || has_no_verdict(attempt);
             return handed_over && attempt.started_at < x_now - x_options.half_sent_limit;
           });
  }

  const store::Transaction& x_transaction;
  const Options& x_options;
  base::Time x_now;
  const Listeners& x_listeners;
};

Step repeating(const message::Part& part, const std::string& category, base::Time now) {
  Step step = step_of(part, Event::repeated, now);
  step.next_attempt_at = now;
  step.detail = "what is in doubt is sent once more, by the policy for \"" + category + "\"";
  return step;
}

Step doubting_again(const store::Transaction& transaction, const Options& options, const message::Part& part,
                    const Closing& closing) {
  Step step = step_of(part, Event::lost, closing.at);
  step.cause = not_known;
  step.detail = closing.doubted;
  const Attempts attempts = store::attempts_of(transaction, part.message);
  if (const auto* const attempt = doubted(attempts, part)) {
    step.window_ends_at = window_end(*attempt, attempt->ended_at.value_or(attempt->started_at), options);
  }
  return step;
}

}  // namespace

std::vector<Outcome> repeat_doubtful(store::Transaction& transaction, const Ledger& ledger, base::Time now,
                                     const Listeners& listeners) {
  std::vector<Outcome> outcomes;
  const Policy policy(transaction, ledger.options(), now, listeners);
  for (const message::Key key : store::doubtful_messages(transaction, now)) {
    const auto record = store::find_message(transaction, key);
    const auto parts = store::parts_of(transaction, key);
    if (!policy.wants(*record, parts)) continue;
    Outcome outcome;
    for (const message::Part& part : parts) {
      if (part.standing.state != State::uncertain) continue;
      outcome = ledger.apply(transaction, repeating(part, record->message.category, now));
    }
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

void close_waiting(store::Transaction& transaction, const Ledger& ledger, message::Key key, const Closing& closing) {
  for (const message::Part& part : store::parts_of(transaction, key)) {
    if (!waits_in_doubt(transaction, part)) continue;
    ledger.apply(transaction, doubting_again(transaction, ledger.options(), part, closing));
  }
  const bool left = std::ranges::any_of(store::parts_of(transaction, key), [](const message::Part& part) {
    return part.standing.state == State::sending || message::has_left(part);
  });
  Step step;
  step.message = key;
  step.at = closing.at;
  step.event = left ? Event::abandoned : closing.event;
  step.cause = left ? closing.rest : closing.unsent;
  step.detail = closing.detail;
  ledger.apply_all(transaction, step);
}

void give_up(store::Transaction& transaction, const Ledger& ledger, message::Key key, base::Time now) {
  Closing closing;
  closing.at = now;
  closing.event = Event::expired;
  closing.unsent = Cause{"expired", "Expired before sending"};
  closing.rest = Cause{"abandoned", "The rest could not be sent in time"};
  closing.doubted = "it could not be sent once more in time";
  close_waiting(transaction, ledger, key, closing);
}

bool waits_in_doubt(const store::Connection& connection, const message::Part& part) {
  if (!message::waits(part) || !part.sim) return false;
  const auto earlier = store::repeated_from(connection, part);
  return !earlier.empty() && earlier.back() == from_doubt;
}

}  // namespace burstd::gateway

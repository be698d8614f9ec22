#include "gateway/veto.hpp"

#include <algorithm>

#include "gateway/doubt.hpp"
#include "gateway/opt_out.hpp"
#include "store/attempts.hpp"
#include "store/batches.hpp"

namespace burstd::gateway {

namespace {

using message::Event;
using message::State;

const Cause replaced{"abandoned", "Not sent, because the message was sent again"};
const Cause withdrawn{"cancelled", "Cancelled before sending"};
const Cause not_tried_again{"abandoned", "Refused before, and not tried again, because its burst was cancelled"};
const Cause rest_withdrawn{"abandoned", "Not sent, because its burst was cancelled"};

bool is_taken(const message::Part& part) {
  return part.standing.state == State::submitted || part.standing.state == State::delivered ||
         part.standing.state == State::unconfirmed;
}

bool is_withdrawn(const store::Connection& connection, const message::Message& message) {
  if (!message.batch || !store::is_cancelled(connection, *message.batch)) return false;
  return std::ranges::none_of(store::parts_of(connection, message.key), is_taken);
}

// What a network has refused may be on its way all the same; what is cancelled no report changes any more.
bool never_left(const store::Connection& connection, message::Key message) {
  return std::ranges::none_of(store::attempts_of(connection, message), &store::Attempt::charged);
}

Closing closing_of(const store::Connection& connection, message::Key message, Veto veto) {
  Closing closing;
  closing.event = Event::abandoned;
  if (veto == Veto::resent) {
    closing.unsent = closing.rest = replaced;
    closing.doubted = "it is not sent once more: it was sent again as another message";
    return closing;
  }
  const bool unsent = never_left(connection, message);
  if (unsent) closing.event = Event::cancelled;
  closing.unsent = unsent ? withdrawn : not_tried_again;
  closing.rest = rest_withdrawn;
  closing.doubted = "it is not sent once more: its burst was cancelled";
  closing.detail = "its burst was cancelled";
  return closing;
}

}  // namespace

std::optional<Veto> veto_on(const store::Connection& connection, const message::Message& message) {
  if (is_withheld(connection, message.key, message.number)) return Veto::opted_out;
  if (store::resent_as(connection, message.id)) return Veto::resent;
  return is_withdrawn(connection, message) ? std::optional(Veto::cancelled) : std::nullopt;
}

void enforce(store::Transaction& transaction, const Ledger& ledger, message::Key message, const Ruling& ruling) {
  if (ruling.veto == Veto::opted_out) return withhold(transaction, ledger, message, {ruling.at, ""});
  Closing closing = closing_of(transaction, message, ruling.veto);
  closing.at = ruling.at;
  close_waiting(transaction, ledger, message, closing);
}

Outcome unless_vetoed(store::Transaction& transaction, const Ledger& ledger, Outcome outcome, base::Time at) {
  const bool may_wait = outcome.again.has_value() || outcome.after.state == State::uncertain;
  if (!outcome.changed || !may_wait) return outcome;
  const message::Key key = outcome.part.message;
  const auto record = store::find_message(transaction, key);
  const auto veto = record ? veto_on(transaction, record->message) : std::nullopt;
  if (!veto) return outcome;
  enforce(transaction, ledger, key, {*veto, at});
  outcome.again.reset();
  outcome.after = store::find_message(transaction, key)->progress;
  return outcome;
}

}  // namespace burstd::gateway

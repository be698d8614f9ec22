#include "clinic/word.hpp"

#include <algorithm>

#include "clinic/audit.hpp"
#include "message/fold.hpp"
#include "store/history.hpp"

namespace burstd::clinic {

using message::State;

const char* standing_of(State state) {
  switch (state) {
    case State::queued:
      return "It waits to be sent.";
    case State::sending:
      return "It is being sent.";
    case State::retrying:
      return "It waits to be sent again.";
    case State::submitted:
      return "The network has taken it, and its delivery report is awaited.";
    case State::delivered:
      return "It was delivered.";
    case State::unconfirmed:
      return "It was sent, but its delivery was not confirmed.";
    case State::uncertain:
      return "It is not known whether it left.";
    case State::failed:
      return "Sending it has failed.";
    case State::expired:
      return "It expired before it was sent.";
    case State::blocked:
      return "It was not sent, because the recipient is blocked.";
    case State::cancelled:
      break;
  }
  return "It was cancelled before it was sent.";
}

namespace {

using message::Event;

base::Error not_uncertain(State state) {
  return base::Error{
      base::Fault::conflict, "not-uncertain",
      "There is no doubt about this message that a person could end. " + std::string(standing_of(state))};
}

base::Error already_resolved(bool sent) {
  return base::Error{base::Fault::conflict, "already-resolved",
                     std::string("Somebody has already said that this message was ") + (sent ? "" : "not ") +
                         "sent; the history names who. Only a delivery report can change that."};
}

// Whether somebody has said before that it was sent.
std::optional<bool> earlier_word(const store::Connection& connection, message::Key key) {
  std::optional<bool> sent;
  for (const store::Change& change : store::history_of(connection, key)) {
    if (change.event == message::to_string(Event::person_sent)) sent = true;
    if (change.event == message::to_string(Event::person_not_sent)) sent = false;
  }
  return sent;
}

gateway::Step step_of(message::Key key, Event event, const Word& word) {
  gateway::Step step;
  step.message = key;
  step.event = event;
  step.at = word.at;
  step.detail = detail_of(Withdrawal{word.client, word.user, word.reason, word.at});
  return step;
}

}  // namespace

Hand hand_of(const Withdrawal& withdrawal) { return Hand{withdrawal.client, withdrawal.user, withdrawal.origin}; }

std::string detail_of(const Withdrawal& withdrawal) {
  const std::string detail = "by " + who(hand_of(withdrawal));
  return withdrawal.reason ? detail + ": " + *withdrawal.reason : detail;
}

base::Result<void> take_word(store::Transaction& transaction, const gateway::Ledger& ledger,
                             const store::Record& record, const Word& word) {
  const message::Key key = record.message.key;
  if (record.progress.state != State::uncertain) {
    const auto said = earlier_word(transaction, key);
    if (!said) return not_uncertain(record.progress.state);
    if (*said != word.sent) return already_resolved(*said);
    return {};
  }
  gateway::Step step = step_of(key, word.sent ? Event::person_sent : Event::person_not_sent, word);
  step.cause = word.sent ? gateway::Cause{std::string(message::said_sent), "Said to have left, by " + word.user}
                         : gateway::Cause{"said-not-sent", "Said not to have left, by " + word.user};
  ledger.apply_all(transaction, step);
  gateway::Step rest = step_of(key, Event::abandoned, word);
  rest.cause = gateway::Cause{"abandoned", "Not sent, because somebody has ended the doubt about the message"};
  ledger.apply_all(transaction, rest);
  const Act act{"resolved", record.message.id, word.sent ? "said to have left" : "said not to have left"};
  put_on_record(transaction, Hand{word.client, word.user, word.origin}, act, word.at);
  return {};
}

}  // namespace burstd::clinic

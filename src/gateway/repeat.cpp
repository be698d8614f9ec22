#include "gateway/repeat.hpp"

#include <algorithm>

#include "gateway/doubt.hpp"
#include "gateway/route.hpp"
#include "gateway/veto.hpp"
#include "message/fold.hpp"
#include "message/retry.hpp"
#include "pdu/delivery_status.hpp"

namespace burstd::gateway {

namespace {

using message::Event;
using message::State;

constexpr const char* sent_again = "sent-again";

bool given_up(const message::Part& part) {
  return part.standing.state == State::failed && part.standing.reported && part.last_status.has_value();
}

bool left(const store::Attempt& attempt) { return attempt.result == "accepted" || attempt.result == "unknown"; }

// It waits as a part of another sending of the whole, not because its own turn has not come yet.
bool is_repeated(const message::Part& part, const std::vector<store::Attempt>& attempts) {
  if (!message::waits(part)) return false;
  return part.error_code == sent_again || std::ranges::any_of(attempts, [&](const store::Attempt& attempt) {
           return attempt.part == part.number && left(attempt);
         });
}

// Every part goes once with each sending.
int repeats_of(const store::Transaction& transaction, message::Key message, const std::vector<message::Part>& parts) {
  const auto attempts = store::attempts_of(transaction, message);
  std::ptrdiff_t most = 0;
  for (const message::Part& part : parts) {
    most = std::max(most, std::ranges::count_if(attempts, [&](const store::Attempt& attempt) {
                      return attempt.part == part.number && left(attempt);
                    }));
  }
  return static_cast<int>(std::max<std::ptrdiff_t>(most - 1, 0));
}

// The latest of what the parts' last words allow.
std::optional<base::Time> next_sending(const std::vector<message::Part>& parts, message::Undelivered word) {
  std::optional<base::Time> next;
  for (const message::Part& part : parts) {
    if (message::never_left(part)) continue;
    if (!given_up(part)) return std::nullopt;
    word.status = *part.last_status;
    const auto at = message::repeat_at(word);
    if (!at) return std::nullopt;
    next = std::max(next, at);
  }
  return next;
}

std::optional<message::Part> part_of(const store::Transaction& transaction, const store::Attempt& attempt) {
  for (const message::Part& part : store::parts_of(transaction, attempt.message)) {
    if (part.number == attempt.part) return part;
  }
  return std::nullopt;
}

// Nothing where something stands against another sending.
std::optional<message::Undelivered> word_of(const store::Transaction& transaction, const Ledger& ledger,
                                            const Step& failed, const std::vector<std::uint64_t>& others) {
  const auto record = store::find_message(transaction, failed.message);
  if (!record || !failed.status || veto_on(transaction, record->message)) return std::nullopt;
  if (record->message.removed_at) return std::nullopt;  // there is no text any more
  const auto parts = store::parts_of(transaction, failed.message);
  const int repeats = repeats_of(transaction, failed.message, parts);
  const int route = route_of(ledger.options().routes, record->message.number);
  const bool another = std::ranges::any_of(others, [&](std::uint64_t routes) { return leads_over(routes, route); });
  return message::Undelivered{*failed.status, repeats, failed.at, record->message.expires_at, another};
}

}  // namespace

std::optional<base::Time> may_go_again_at(const store::Transaction& transaction, const Ledger& ledger,
                                          const Step& failed, const std::vector<std::uint64_t>& others) {
  const auto word = word_of(transaction, ledger, failed, others);
  return word ? message::repeat_at(*word) : std::nullopt;
}

Outcome send_again(store::Transaction& transaction, const Ledger& ledger, const Step& failed,
                   const std::vector<std::uint64_t>& others) {
  const auto word = word_of(transaction, ledger, failed, others);
  if (!word) return {};
  const auto next = next_sending(store::parts_of(transaction, failed.message), *word);
  if (!next) return {};
  const auto& status = pdu::delivery_status(static_cast<std::uint8_t>(*failed.status));
  Step step;
  step.message = failed.message;
  step.event = Event::repeated;
  step.at = failed.at;
  step.whole = true;
  step.elsewhere = status.outcome == pdu::Outcome::elsewhere;
  step.next_attempt_at = next;
  step.cause = Cause{sent_again, std::string(status.meanwhile)};
  step.detail = "TP-ST " + std::to_string(*failed.status) + ": " + std::string(status.name) + "; sent again at " +
                base::to_rfc3339(*next);
  return ledger.apply_all(transaction, step);
}

bool is_superseded(const store::Transaction& transaction, const store::Attempt& attempt) {
  const auto attempts = store::attempts_of(transaction, attempt.message);
  return std::ranges::any_of(attempts, [&](const store::Attempt& other) {
    return other.part == attempt.part && other.key > attempt.key && (left(other) || other.result == "open");
  });
}

bool waits_again(const store::Transaction& transaction, const store::Attempt& attempt) {
  const auto part = part_of(transaction, attempt);
  return left(attempt) && part && message::waits(*part);
}

Outcome leave_it(store::Transaction& transaction, const Ledger& ledger, const Step& delivered) {
  const auto parts = store::parts_of(transaction, delivered.message);
  const auto attempts = store::attempts_of(transaction, delivered.message);
  const auto rest = std::ranges::find_if(parts, [&](const message::Part& part) {
    return is_repeated(part, attempts) && !waits_in_doubt(transaction, part);
  });
  const bool goes_on = std::ranges::any_of(parts, [&](const message::Part& part) {
    return part.number != delivered.part && (part.standing.state == State::sending || message::has_left(part));
  });
  if (rest == parts.end() || goes_on) return {};
  Step step;
  step.message = delivered.message;
  step.event = Event::abandoned;
  step.at = delivered.at;
  step.cause = Cause{"not-delivered", "The network has stopped trying."};
  if (rest->last_status) step.cause->sentence = pdu::delivery_sentence(static_cast<std::uint8_t>(*rest->last_status));
  step.detail = "not sent again, because a part of the former sending was delivered";
  return ledger.apply_all(transaction, step);
}

}  // namespace burstd::gateway

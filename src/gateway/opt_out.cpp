#include "gateway/opt_out.hpp"

#include <algorithm>

#include "gateway/doubt.hpp"
#include "message/fold.hpp"
#include "pdu/segment.hpp"

namespace burstd::gateway {

namespace {

using message::State;
using Parts = std::vector<message::Part>;

constexpr std::chrono::hours between_confirmations{24};
constexpr std::chrono::hours confirmation_life{24};
constexpr const char* own_client = "burstd";  // whose messages confirmations are
constexpr const char* direct = "direct";
const std::string opted_out = "opted-out";
const std::string opted_out_sentence = "Recipient opted out";

bool is_on_air(const message::Part& part) { return part.standing.state == State::sending; }

bool may_be_confirmed(const store::Connection& connection, const std::string& number, base::Time at) {
  return !store::confirmed_since(connection, number, at - between_confirmations) &&
         !store::answers_confirmations(connection, number);
}

message::Message confirmation_of(const store::Reply& reply, const std::string& text, base::Time at) {
  message::Message made;
  made.client = own_client;
  made.client_ref = "opt-out:" + reply.id;
  made.text = text;
  made.number = made.number_as_typed = reply.sender;
  made.category = direct;
  made.created_at = at;
  made.expires_at = at + confirmation_life;
  return made;
}

// Nothing where the text cannot be sent.
std::optional<message::Message> confirm(store::Transaction& transaction, const Ledger& ledger,
                                        const store::Reply& reply, const store::OptOut& opt_out) {
  const std::string& text = *ledger.options().replies.opt_out_confirmation;
  const auto cut = pdu::segment(text);
  if (!cut) return std::nullopt;
  message::Message made = confirmation_of(reply, text, opt_out.at);
  made.encoding = pdu::name(cut->encoding);
  made.segments = static_cast<int>(cut->segments.size());
  made = ledger.accept(transaction, std::move(made), opted_out, std::nullopt);
  store::note_confirmation(transaction, opt_out.key, made.key);
  return made;
}

store::OptOut row_of(const store::Reply& reply, std::string_view event, base::Time at) {
  store::OptOut row;
  row.number = reply.sender;
  row.at = at;
  row.event = event;
  row.reply = reply.key;
  return row;
}

// A STOP of a number that has said so already is no news, but it may be the answer to our confirmation.
Consequences stop(store::Transaction& transaction, const Ledger& ledger, const store::Reply& reply, base::Time at) {
  const auto standing = store::standing_opt_outs(transaction, reply.sender);
  if (!standing.empty() && store::by_patient(standing.front())) {
    if (standing.front().confirmation) store::note_answer(transaction, standing.front().key, reply.key);
    return {};
  }
  const bool answered = ledger.options().replies.opt_out_confirmation.has_value() && standing.empty() &&
                        may_be_confirmed(transaction, reply.sender, at);
  const auto opt_out = store::add_opt_out(transaction, row_of(reply, store::opt_out_stop, at));
  Consequences consequences;
  consequences.withdrawn = withhold_all(transaction, ledger, reply.sender, {at, "by reply " + reply.id});
  if (!answered) return consequences;
  auto made = confirm(transaction, ledger, reply, opt_out);
  if (made) consequences.queued.push_back(std::move(*made));
  return consequences;
}

// A memory or a network gives out late what was said before the STOP: then it lifts nothing, and staff decide.
bool is_last_word(const store::Connection& connection, const store::Reply& reply, const store::OptOut& stop) {
  return !store::may_be_older_than_stop(connection, reply, stop.reply.value_or(0)) &&
         !store::is_copy(connection, reply);
}

// What staff have blocked stays so: whoever holds the phone is not always whom they mean to write to.
Consequences start(store::Transaction& transaction, const Ledger& ledger, const store::Reply& reply, base::Time at) {
  auto lifted = store::standing_opt_outs(transaction, reply.sender);
  std::erase_if(lifted, [](const store::OptOut& row) { return !store::by_patient(row); });
  if (lifted.empty() || !is_last_word(transaction, reply, lifted.front())) return {};
  store::add_opt_out(transaction, row_of(reply, store::opt_out_start, at), lifted);
  return {drop_confirmations(transaction, ledger, lifted, at), {}};
}

}  // namespace

Consequences heed(store::Transaction& transaction, const Ledger& ledger, const store::Reply& reply, base::Time at) {
  if (!reply.complete) return {};
  if (reply.meaning == message::ReplyClass::stop) return stop(transaction, ledger, reply, at);
  return reply.meaning == message::ReplyClass::start ? start(transaction, ledger, reply, at) : Consequences();
}

std::vector<message::Key> withhold_all(store::Transaction& transaction, const Ledger& ledger, const std::string& number,
                                       const Word& word) {
  std::vector<message::Key> withheld;
  for (const message::Key key : store::waiting_for(transaction, number)) {
    const Parts parts = store::parts_of(transaction, key);
    const bool waits = std::ranges::any_of(parts, message::waits) && std::ranges::none_of(parts, is_on_air);
    if (!waits || store::is_confirmation(transaction, key)) continue;
    withhold(transaction, ledger, key, word);
    withheld.push_back(key);
  }
  return withheld;
}

std::vector<message::Key> drop_confirmations(store::Transaction& transaction, const Ledger& ledger,
                                             const std::vector<store::OptOut>& lifted, base::Time at) {
  std::vector<message::Key> dropped;
  for (const store::OptOut& row : lifted) {
    if (!row.confirmation) continue;
    const Parts parts = store::parts_of(transaction, *row.confirmation);
    const bool may_have_left = std::ranges::any_of(parts, [&](const message::Part& part) {
      return is_on_air(part) || message::has_left(part) || waits_in_doubt(transaction, part);
    });
    if (may_have_left) continue;
    Step step;
    step.message = *row.confirmation;
    step.event = message::Event::cancelled;
    step.at = at;
    step.cause = Cause{"cancelled", "Cancelled before sending"};
    step.detail = "the opt-out that it confirms is lifted";
    if (ledger.apply_all(transaction, step).changed) dropped.push_back(step.message);
  }
  return dropped;
}

bool is_withheld(const store::Connection& connection, message::Key message, const std::string& number) {
  return store::is_opted_out(connection, number) && !store::is_confirmation(connection, message);
}

void withhold(store::Transaction& transaction, const Ledger& ledger, message::Key message, const Word& word) {
  Closing closing;
  closing.at = word.at;
  closing.event = message::Event::blocked;
  closing.unsent = closing.rest = Cause{opted_out, opted_out_sentence};
  closing.doubted = "it is not sent once more: opted out";
  closing.detail = word.whose.empty() ? opted_out : opted_out + ", " + word.whose;
  close_waiting(transaction, ledger, message, closing);
}

}  // namespace burstd::gateway

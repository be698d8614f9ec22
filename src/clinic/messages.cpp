#include "clinic/messages.hpp"

#include <algorithm>

#include "clinic/canonical.hpp"
#include "clinic/rules.hpp"
#include "gateway/doubt.hpp"
#include "gateway/veto.hpp"
#include "message/fold.hpp"
#include "store/batches.hpp"
#include "store/opt_outs.hpp"

namespace burstd::clinic {

namespace {

using message::State;

std::string digest_of(const Draft& draft) {
  Canonical canonical;
  canonical.add("message").add(draft.to).add(draft.text).add(draft.patient).add(draft.patient_name);
  canonical.add(draft.category).add(draft.context).add(draft.user).add(draft.timezone);
  canonical.add(std::int64_t{draft.priority == message::Priority::urgent ? 1 : 0});
  canonical.add(draft.appointment_at).add(draft.send_after).add(draft.expires_at).add(draft.expects_reply_until);
  return canonical.digest();
}

std::string digest_of(const std::string& old, const Again& again) {
  Canonical canonical;
  canonical.add("resend").add(old).add(again.user).add(std::int64_t{again.accept_duplicate ? 1 : 0});
  return canonical.digest();
}

// A repeat whose first answer was lost.
bool says_the_same(const std::vector<store::Note>& notes, const store::Note& note) {
  constexpr std::chrono::minutes as_one{1};
  if (notes.empty()) return false;
  const store::Note& last = notes.back();
  return last.client == note.client && last.user == note.user && last.text == note.text && note.at < last.at + as_one;
}

bool may_have_left(const store::Connection& connection, message::Key key) {
  return std::ranges::any_of(store::parts_of(connection, key), [&](const message::Part& part) {
    return part.standing.state == State::sending || message::has_left(part) ||
           gateway::waits_in_doubt(connection, part);
  });
}

base::Error already_submitted() {
  return base::Error{base::Fault::conflict, "already-submitted",
                     "The message or a part of it has left or may have left; it cannot be withdrawn any more."};
}

base::Error already_ended(const message::Progress& progress) {
  return base::Error{base::Fault::conflict, "already-ended",
                     "The message will not be sent anyway (" + std::string(message::to_string(progress.state)) +
                         "); there is nothing to withdraw."};
}

}  // namespace

base::Error queue_full() {
  return base::Error{base::Fault::unavailable, "queue-full",
                     "Too many messages wait to be sent; try again with the same client_ref when some have left."};
}

std::optional<base::Error> disk_low(gateway::Gateway& gateway) {
  const store::Disk& disk = gateway.writer().disk();
  if (disk.room() == store::Room::ample) return std::nullopt;
  return base::Error{base::Fault::exhausted, "disk-low",
                     disk.sentence() + " Then ask again with the same client_ref; nothing was recorded."};
}

base::Error ref_reused() {
  return base::Error{base::Fault::conflict, "client-ref-reused",
                     "This client_ref belongs to an earlier request with other content, or with a text that was "
                     "removed since; use a new one."};
}

namespace {

// A client's key for what it asks to have sent, and what that was.
struct Claim {
  std::string client, client_ref, digest;
  base::Time now;
};

// What was accepted for it before; an error where that was something else.
base::Result<std::optional<store::Record>> earlier(const store::Connection& connection, const Claim& claim) {
  const auto claimed = store::find_message_ref(connection, claim.client, claim.client_ref);
  const bool of_a_burst = store::find_batch_ref(connection, claim.client, claim.client_ref, claim.now).has_value();
  if (claimed ? claimed->digest != claim.digest : of_a_burst) return ref_reused();
  return claimed ? store::find_message(connection, claimed->key) : std::optional<store::Record>();
}

}  // namespace

bool withdraw(store::Transaction& transaction, const gateway::Ledger& ledger, message::Key key,
              const Withdrawal& withdrawal) {
  if (may_have_left(transaction, key)) return false;
  gateway::Step step;
  step.message = key;
  step.event = message::Event::cancelled;
  step.at = withdrawal.at;
  step.cause = gateway::Cause{"cancelled", "Cancelled before sending"};
  step.detail = detail_of(withdrawal);
  return ledger.apply_all(transaction, step).changed;
}

Messages::Messages(const Options& options, gateway::Gateway& gateway)
    : x_options(options), x_rules(rules_of(options)), x_gateway(gateway) {}

async::Task<burst::Looked> Messages::check(std::string to, std::string text) {
  burst::Looked looked = burst::look(to, text, x_rules);
  auto unit = [&](const store::Connection& connection) { return store::is_opted_out(connection, looked.number); };
  const bool blocked = co_await x_gateway.reader().run(unit);
  if (blocked && looked.verdict == burst::Verdict::ok) looked.verdict = burst::Verdict::opted_out;
  co_return looked;
}

std::vector<burst::Flag> Messages::flags(const burst::Looked& looked, const std::string& text,
                                         const std::string& category) const {
  auto flags = burst::flags_of(looked, text, x_rules);
  const base::Time now = async::now().wall;
  const auto opening = x_gateway.opening(category, now);
  if (!opening || *opening >= now + x_rules.expiry) flags.push_back(burst::Flag::would_expire);
  return flags;
}

std::optional<base::Time> Messages::opens_at(const std::string& category, base::Time from) const {
  const auto opening = x_gateway.opening(category, from);
  return opening > from ? opening : std::nullopt;
}

message::Message Messages::message_of(const std::string& client, const Draft& draft, base::Time now) const {
  burst::Timing timing;
  timing.now = now;
  timing.send_after = draft.send_after;
  timing.expires_at = draft.expires_at;
  message::Message message;
  message.client = client;
  message.client_ref = draft.client_ref;
  message.text = draft.text;
  message.number_as_typed = draft.to;
  message.patient = draft.patient;
  message.patient_name = draft.patient_name;
  message.context = draft.context;
  message.user = draft.user;
  message.timezone = draft.timezone.value_or(x_options.timezone);
  message.category = draft.category.value_or(std::string(direct_category));
  message.priority = draft.priority;
  message.created_at = now;
  message.expires_at = burst::expiry_of(timing, draft.appointment_at, x_rules);
  message.send_after = draft.send_after;
  message.appointment_at = draft.appointment_at;
  message.expects_reply_until = draft.expects_reply_until;
  return message;
}

async::Task<base::Result<Accepted>> Messages::submit(std::string client, Draft draft) {
  const base::Time now = async::now().wall;
  const auto activity = x_gateway.activity();
  message::Message message = message_of(client, draft, now);
  const burst::Looked looked = burst::look(draft.to, draft.text, x_rules);
  describe(message, looked);
  const bool late = looked.verdict == burst::Verdict::ok && message.expires_at <= now;
  auto stillborn = stillborn_of(late ? burst::Verdict::expired : looked.verdict);
  const gateway::Holds holds = x_gateway.holds();
  const Claim claim{client, draft.client_ref, digest_of(draft), now};
  auto unit = [&](store::Transaction& transaction) -> base::Result<Accepted> {
    const auto before = earlier(transaction, claim);
    if (!before) return before.error();
    if (before->has_value()) return Accepted{item_of(transaction, **before, now, holds), true};
    if (auto low = disk_low(x_gateway); low && !draft.is_alarm) return std::move(*low);
    if (activity.waiting >= x_options.queue_cap) return queue_full();
    const bool blocked = !stillborn && store::is_opted_out(transaction, message.number);
    if (blocked) stillborn = stillborn_of(burst::Verdict::opted_out);
    message = x_gateway.ledger().accept(transaction, message, claim.digest, stillborn);
    return Accepted{item_of(transaction, *store::find_message(transaction, message.key), now, holds), false};
  };
  auto accepted = co_await x_gateway.writer().run(unit);
  const bool queued = accepted && !accepted->replayed && !stillborn;
  if (queued) x_gateway.admit({message});
  if (accepted && !queued) x_gateway.changed().notify();
  const bool by_hours = queued && message.priority != message::Priority::urgent;
  if (by_hours) accepted->opens_at = opens_at(message.category, std::max(now, message.send_after.value_or(now)));
  co_return accepted;
}

async::Task<base::Result<Item>> Messages::cancel(std::string id, Withdrawal withdrawal) {
  const base::Time now = withdrawal.at = async::now().wall;
  const gateway::Holds holds = x_gateway.holds();
  auto unit = [&](store::Transaction& transaction) -> base::Result<Item> {
    const auto record = store::find_message(transaction, id);
    if (!record) return unknown_message();
    const message::Key key = record->message.key;
    if (record->progress.state == State::cancelled) return item_of(transaction, *record, now, holds);
    if (!withdraw(transaction, x_gateway.ledger(), key, withdrawal)) {
      const bool left = may_have_left(transaction, key);
      return left ? already_submitted() : already_ended(record->progress);
    }
    return item_of(transaction, *store::find_message(transaction, key), now, holds);
  };
  auto cancelled = co_await x_gateway.writer().run(unit);
  if (cancelled) x_gateway.withdraw(cancelled->message.key);
  co_return cancelled;
}

async::Task<base::Result<Item>> Messages::resolve(std::string id, Word word) {
  const base::Time now = word.at = async::now().wall;
  const gateway::Holds holds = x_gateway.holds();
  auto unit = [&](store::Transaction& transaction) -> base::Result<Item> {
    const auto record = store::find_message(transaction, id);
    if (!record) return unknown_message();
    const auto taken = take_word(transaction, x_gateway.ledger(), *record, word);
    if (!taken) return taken.error();
    return item_of(transaction, *store::find_message(transaction, record->message.key), now, holds);
  };
  auto resolved = co_await x_gateway.writer().run(unit);
  if (resolved) x_gateway.withdraw(resolved->message.key);
  co_return resolved;
}

async::Task<base::Result<Accepted>> Messages::resend(std::string id, Again again) {
  const base::Time now = async::now().wall;
  const auto activity = x_gateway.activity();
  const gateway::Holds holds = x_gateway.holds();
  const Claim claim{again.client, again.client_ref, digest_of(id, again), now};
  message::Message message;
  message::Key old_key = 0;
  bool stillborn = true;
  auto unit = [&](store::Transaction& transaction) -> base::Result<Accepted> {
    const auto old = store::find_message(transaction, id);
    if (!old) return unknown_message();
    const auto before = earlier(transaction, claim);
    if (!before) return before.error();
    if (before->has_value()) return Accepted{item_of(transaction, **before, now, holds), true};
    if (auto obstacle = obstacle_to(transaction, *old, again, now)) return std::move(*obstacle);
    if (auto low = disk_low(x_gateway)) return std::move(*low);
    if (activity.waiting >= x_options.queue_cap) return queue_full();
    message = again_of(old->message, again, x_rules, now);
    const burst::Looked looked = burst::look(message.number_as_typed, message.text, x_rules);
    describe(message, looked);
    const auto ended = stillborn_again(*old, looked);
    stillborn = ended.has_value();
    message = x_gateway.ledger().accept(transaction, message, claim.digest, ended);
    old_key = old->message.key;
    gateway::enforce(transaction, x_gateway.ledger(), old_key, {gateway::Veto::resent, now});
    x_gateway.ledger().mark_resent(transaction, old_key, message);
    return Accepted{item_of(transaction, *store::find_message(transaction, message.key), now, holds), false};
  };
  auto accepted = co_await x_gateway.writer().run(unit);
  if (!accepted || accepted->replayed) co_return accepted;
  x_gateway.withdraw(old_key);
  if (stillborn) {
    x_gateway.changed().notify();
  } else {
    x_gateway.admit({message});
  }
  co_return accepted;
}

async::Task<base::Result<Item>> Messages::annotate(std::string id, Remark remark) {
  const base::Time now = async::now().wall;
  const gateway::Holds holds = x_gateway.holds();
  auto unit = [&](store::Transaction& transaction) -> base::Result<Item> {
    const auto record = store::find_message(transaction, id);
    if (!record) return unknown_message();
    const message::Key key = record->message.key;
    const store::Note note{key, now, remark.client, remark.user, remark.text, 0};
    const bool repeated = says_the_same(store::notes_of(transaction, key), note);
    if (!repeated) x_gateway.ledger().annotate(transaction, note);
    return item_of(transaction, *store::find_message(transaction, key), now, holds);
  };
  auto noted = co_await x_gateway.writer().run(unit);
  if (noted) x_gateway.changed().notify();
  co_return noted;
}

}  // namespace burstd::clinic

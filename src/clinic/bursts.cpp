#include "clinic/bursts.hpp"

#include <algorithm>
#include <numeric>

#include "clinic/burst_view.hpp"
#include "clinic/canonical.hpp"
#include "clinic/composing.hpp"
#include "clinic/judging.hpp"
#include "clinic/quota.hpp"
#include "clinic/rules.hpp"
#include "clinic/sending.hpp"
#include "store/history.hpp"

namespace burstd::clinic {

namespace {

std::string digest_of(const BurstDraft& draft) {
  Canonical canonical;
  canonical.add("burst").add(draft.name).add(draft.template_name).add(draft.text).add(draft.category).add(draft.user);
  canonical.add(draft.timezone).add(draft.send_after).add(draft.expires_at);
  if (draft.group) canonical.add("group").add(*draft.group);
  for (const burst::Recipient& row : draft.recipients) {
    canonical.add("row").add(row.patient).add(row.patient_name).add(row.to).add(row.client_ref);
    canonical.add(row.appointment_at).add(row.exclude);
    canonical.add(static_cast<std::int64_t>(row.fields.size()));
    for (const auto& [name, value] : row.fields) canonical.add(name).add(value);
  }
  return canonical.digest();
}

void remember(store::Transaction& transaction, const store::Batch& batch, std::string event, const Withdrawal& who) {
  store::Change change;
  change.at = who.at;
  change.detail = detail_of(who);
  change.kind = "batch";
  change.batch = batch.key;
  change.event = std::move(event);
  change.to = batch.state;
  store::append_history(transaction, change);
}

// Something of it waits, or might have to be sent once more: that it was cancelled is asked then.
bool may_go_on(const store::Connection& connection, const store::Batch& batch) {
  const auto counts = store::count_by_state(connection, batch.id);
  return std::ranges::any_of(counts, [](const store::Count& count) {
    return count.word == "queued" || count.word == "retrying" || count.word == "sending" || count.word == "submitted" ||
           count.word == "uncertain";
  });
}

// What was sent, where something was; the record keeps what the preview proposed.
void show_selection(const store::Batch& batch, std::vector<store::BatchLine>& lines) {
  if (!batch.selection) return;
  const auto rows = rows_in(*batch.selection);
  for (store::BatchLine& line : lines) line.selected = rows.contains(line.row);
}

}  // namespace

base::Error unknown_batch() {
  return base::Error{base::Fault::missing, "batch-unknown",
                     "There is no burst with this id in the record; check the id and the record's epoch."};
}

Bursts::Bursts(const Options& options, const Templates& templates, gateway::Gateway& gateway)
    : x_options(options), x_rules(rules_of(options)), x_templates(templates), x_gateway(gateway) {}

Outlook Bursts::outlook() const {
  return Outlook{async::now().wall, x_gateway.activity().waiting, x_gateway.rooms(), x_gateway.holds(),
                 x_options.margin};
}

base::Result<std::vector<store::BatchLine>> Bursts::lines_of(const store::Connection& connection,
                                                             const BurstDraft& draft, const store::Batch& batch,
                                                             const Outlook& at) const {
  const auto composed = compose(connection, draft, x_options, x_templates);
  if (!composed) return composed.error();
  burst::Rules rules = x_rules;
  rules.most_segments = std::min(rules.most_segments, composed->max_segments.value_or(rules.most_segments));
  const burst::Timing timing = timing_of(batch, at, composed->recipients.size());
  return judge(connection, Judging{batch, composed->recipients, composed->text, timing}, rules);
}

store::Batch Bursts::batch_of(const std::string& client, const BurstDraft& draft, base::Time now) const {
  store::Batch batch;
  batch.client = client;
  batch.client_ref = draft.client_ref;
  batch.name = draft.name;
  batch.template_name = draft.template_name;
  batch.user = draft.user;
  batch.timezone = draft.timezone.value_or(x_options.timezone);
  batch.digest = digest_of(draft);
  const bool reminds = draft.template_name == maintained_templates[0];
  batch.category = draft.category.value_or(std::string(reminds ? reminder_category : group_category));
  batch.state = "preview";
  batch.created_at = now;
  batch.preview_until = now + x_options.preview_lifetime;
  batch.send_after = draft.send_after;
  batch.messages_expire_at = draft.expires_at;
  return batch;
}

base::Result<std::optional<Burst>> Bursts::earlier(const store::Connection& connection, const store::Batch& batch,
                                                   const Outlook& at) const {
  auto known = store::find_batch_ref(connection, batch.client, *batch.client_ref, at.now);
  if (!known && store::find_message_ref(connection, batch.client, *batch.client_ref)) return ref_reused();
  if (!known) return std::optional<Burst>();
  if (known->digest != batch.digest) return ref_reused();
  Queue queue(connection, at.rooms);
  Burst burst = view(queue, std::move(*known), at, x_rules);
  burst.replayed = true;
  return std::optional<Burst>(std::move(burst));
}

// Judged on the reading thread; the writer only looks for the ref once more and stores the lines.
async::Task<base::Result<Burst>> Bursts::preview(std::string client, BurstDraft draft) {
  const Outlook at = outlook();
  store::Batch batch = batch_of(client, draft, at.now);
  const Withdrawal who{client, draft.user, std::nullopt, at.now};
  std::vector<store::BatchLine> lines;
  auto judging = [&](const store::Connection& connection) -> base::Result<std::optional<Burst>> {
    auto before = earlier(connection, batch, at);
    if (!before || before->has_value()) return before;
    auto judged = lines_of(connection, draft, batch, at);
    if (!judged) return judged.error();
    lines = std::move(*judged);
    return before;
  };
  auto before = co_await x_gateway.reader().run(judging);
  if (!before) co_return before.error();
  if (before->has_value()) co_return std::move(**before);
  auto storing = [&](store::Transaction& transaction) -> base::Result<Burst> {
    auto raced = earlier(transaction, batch, at);
    if (!raced) return raced.error();
    if (raced->has_value()) return std::move(**raced);
    if (auto low = disk_low(x_gateway)) return std::move(*low);
    batch = store::insert_batch(transaction, batch, lines);
    remember(transaction, batch, "preview", who);
    Queue queue(transaction, at.rooms);
    return view(queue, batch, at, x_rules);
  };
  co_return co_await x_gateway.writer().run(storing, store::Haste::alone);
}

async::Task<base::Result<Burst>> Bursts::find(std::string id) {
  const Outlook at = outlook();
  auto unit = [&](const store::Connection& connection) -> base::Result<Burst> {
    auto batch = store::find_batch(connection, id);
    if (!batch) return unknown_batch();
    Queue queue(connection, at.rooms);
    return view(queue, std::move(*batch), at, x_rules);
  };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<base::Result<Page<store::BatchLine>>> Bursts::rows(std::string id, int after_row, std::size_t limit) {
  auto unit = [&](const store::Connection& connection) -> base::Result<Page<store::BatchLine>> {
    const auto batch = store::find_batch(connection, id);
    if (!batch) return unknown_batch();
    const bool begins = after_row == 0;
    if (!begins && store::batch_lines(connection, batch->key, after_row - 1, 1).empty()) return resync();
    auto lines = store::batch_lines(connection, batch->key, after_row, limit + 1);
    show_selection(*batch, lines);
    return page_of(std::move(lines), limit, store::last_seq(connection));
  };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<base::Result<Page<Burst>>> Bursts::list(std::optional<std::int64_t> before, std::size_t limit) {
  const Outlook at = outlook();
  auto unit = [&](const store::Connection& connection) -> base::Result<Page<Burst>> {
    if (before && !store::find_batch(connection, *before)) return resync();
    auto found = page_of(store::list_batches(connection, before, limit + 1), limit, store::last_seq(connection));
    Page<Burst> page{{}, found.more, found.last_seq};
    Queue queue(connection, at.rooms);
    for (store::Batch& batch : found.items) page.items.push_back(view(queue, std::move(batch), at, x_rules));
    return page;
  };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<base::Result<Sent>> Bursts::send(std::string client, std::string id, Selection selection) {
  const Outlook at = outlook();
  const std::size_t room = x_options.queue_cap - std::min(x_options.queue_cap, at.waiting);
  const SendingRules rules{x_rules, x_gateway.ledger(), client,   at.now,
                           room,    x_options.margin,   at.rooms, disk_low(x_gateway)};
  std::vector<message::Message> queued;
  auto unit = [&](store::Transaction& transaction) -> base::Result<Sent> {
    auto batch = store::find_batch(transaction, id);
    if (!batch) return unknown_batch();
    Sending sending(transaction, rules);
    auto sent = sending.send(std::move(*batch), selection);
    queued = std::move(sending).queued();
    return sent;
  };
  auto sent = co_await x_gateway.writer().run(unit, store::Haste::alone);
  if (sent) x_gateway.admit(queued);
  co_return sent;
}

async::Task<Allowed> Bursts::quota(std::int64_t segments) {
  const Outlook at = outlook();
  Need need;
  need.segments[0] = segments;
  need.end = at.now + x_rules.expiry;
  auto unit = [&](const store::Connection& connection) {
    Queue queue(connection, at.rooms);
    return Allowed{quota_of(queue, need, at.margin), new_recipients(queue, need.end)};
  };
  co_return co_await x_gateway.reader().run(unit);
}

async::Task<base::Result<Burst>> Bursts::cancel(std::string id, Withdrawal withdrawal) {
  const Outlook at = outlook();
  withdrawal.at = at.now;
  std::vector<message::Key> withdrawn;
  auto unit = [&](store::Transaction& transaction) -> base::Result<Burst> {
    auto batch = store::find_batch(transaction, id);
    if (!batch) return unknown_batch();
    for (const message::Key key : store::messages_of_batch(transaction, batch->key)) {
      if (withdraw(transaction, x_gateway.ledger(), key, withdrawal)) withdrawn.push_back(key);
    }
    const bool open_preview = batch->state == "preview" && batch->preview_until > at.now;
    const bool open = batch->state == "queued" && may_go_on(transaction, *batch);
    if (open_preview || open || !withdrawn.empty()) {
      batch->state = "cancelled";
      store::save_batch(transaction, *batch);
      remember(transaction, *batch, "cancelled", withdrawal);
    }
    Queue queue(transaction, at.rooms);
    return view(queue, std::move(*batch), at, x_rules);
  };
  auto cancelled = co_await x_gateway.writer().run(unit, store::Haste::alone);
  if (cancelled) std::ranges::for_each(withdrawn, [&](message::Key key) { x_gateway.withdraw(key); });
  co_return cancelled;
}

}  // namespace burstd::clinic

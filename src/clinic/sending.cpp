#include "clinic/sending.hpp"

#include <algorithm>
#include <limits>

#include "base/counted.hpp"
#include "clinic/canonical.hpp"
#include "clinic/quota.hpp"
#include "clinic/rules.hpp"
#include "store/history.hpp"
#include "store/opt_outs.hpp"

namespace burstd::clinic {

namespace {

using burst::Verdict;

constexpr std::size_t all_rows = std::numeric_limits<int>::max();

base::Error preview_expired() {
  return base::Error{base::Fault::refused, "preview-expired",
                     "The preview is too old to be sent; make a new one, its client_ref is free again."};
}

base::Error batch_cancelled() {
  return base::Error{base::Fault::conflict, "batch-cancelled", "The burst was cancelled; make a new preview to send."};
}

base::Error selection_differs() {
  return base::Error{base::Fault::conflict, "selection-differs",
                     "The burst was already sent with other rows; make a new burst for the rest."};
}

base::Error rows_unknown(const std::vector<int>& rows) {
  constexpr std::size_t most_named = 10;
  std::string list;
  for (std::size_t at = 0; at < std::min(rows.size(), most_named); ++at) {
    list += (at == 0 ? " " : ", ") + std::to_string(rows[at]);
  }
  if (rows.size() > most_named) list += " and " + std::to_string(rows.size() - most_named) + " more";
  return base::malformed(
      "row-unknown", "The burst has no row" + std::string(rows.size() > 1 ? "s" : "") + list + "; rows count from 1.");
}

std::string_view limit_in_words(const std::string& limit) {
  if (limit == "recipients") return "the number of different recipients in a month";
  if (limit == "credit") return "their credit";
  return limit == "month" ? "their limit by the month" : "their limit by the day";
}

base::Error quota_exhausted(const burst::Quota& quota) {
  return base::Error{base::Fault::conflict, "quota-exhausted",
                     "The burst needs " + base::counted(quota.needed, "segment", "segments") +
                         ", and the SIM cards may send " + std::to_string(quota.available.value_or(0)) +
                         " before it expires, by " + std::string(limit_in_words(quota.limited_by.value_or("day"))) +
                         "; select fewer rows or wait."};
}

base::Error preview_outdated(std::string rows) {
  constexpr std::size_t most_named = 60;
  if (rows.size() > most_named) rows = rows.substr(0, rows.rfind(',', most_named)) + " and more";
  return base::Error{base::Fault::conflict, "preview-outdated",
                     "Since this preview the same was sent to these rows already: " + rows +
                         ". Nothing was sent now. Make a new preview, which leaves them out, or select rows by name."};
}

// The digest of a row that became a message: a single request with its client_ref is another content.
std::string digest_of(const store::Batch& batch, const store::BatchLine& line) {
  Canonical canonical;
  canonical.add("row").add(batch.id).add(std::int64_t{line.row}).add(line.typed).add(line.text).add(line.patient);
  return canonical.digest();
}

bool leaves_an_item(Verdict verdict) { return verdict != Verdict::excluded && verdict != Verdict::already_accepted; }

}  // namespace

base::Result<Sent> Sending::send(store::Batch batch, const Selection& selection) {
  const auto lines = store::batch_lines(x_transaction, batch.key, 0, all_rows);
  const auto unknown = unknown_rows(selection, static_cast<int>(lines.size()));
  if (!unknown.empty()) return rows_unknown(unknown);
  const auto rows = selected_rows(selection, lines);
  if (batch.selection)
    return *batch.selection == canonical(rows) ? base::Result<Sent>(answer(batch, rows)) : selection_differs();
  if (batch.state == "cancelled") return batch_cancelled();
  if (batch.preview_until <= x_rules.now) return preview_expired();
  std::vector<Chosen> chosen;
  for (const store::BatchLine& line : lines) {
    if (rows.contains(line.row)) chosen.push_back(Chosen{&line, verdict_now(batch, line)});
  }
  if (const auto begin = may_begin(batch, chosen); !begin) return begin.error();
  const auto repeated = selection.select ? std::set<int>() : sent_meanwhile(batch, chosen);
  if (!repeated.empty()) return preview_outdated(canonical(repeated));
  for (const Chosen& row : chosen) accept(batch, row);
  batch.state = "queued";
  batch.selection = canonical(rows);
  store::save_batch(x_transaction, batch);
  store::Change change;
  change.at = x_rules.now;
  change.kind = "batch";
  change.batch = batch.key;
  change.event = "sent";
  change.from = "preview";
  change.to = "queued";
  change.detail = "by " + x_rules.client + ": " + std::to_string(x_queued.size()) + " of " +
                  std::to_string(lines.size()) + " rows queued";
  store::append_history(x_transaction, change);
  return answer(batch, rows);
}

base::Result<void> Sending::may_begin(const store::Batch& batch, const std::vector<Chosen>& chosen) const {
  Need need;
  need.end = x_rules.now;
  std::size_t sendable = 0;
  for (const Chosen& row : chosen) {
    if (row.verdict != Verdict::ok) continue;
    ++sendable;
    need.add(x_rules.rooms, row.line->number, row.line->segments);
    const auto expiry = burst::row_expiry_of(timing_of(batch), row.line->appointment_at, x_rules.rules);
    need.end = std::max(need.end, expiry);
  }
  Queue queue(x_transaction, x_rules.rooms);
  const auto quota = quota_of(queue, need, x_rules.margin);
  if (burst::light(quota) == burst::Light::red) return quota_exhausted(quota);
  if (x_rules.obstacle) return *x_rules.obstacle;
  if (sendable > x_rules.room) return queue_full();
  return {};
}

// Rows that another burst or program has sent since the preview, which therefore could not warn of it.
std::set<int> Sending::sent_meanwhile(const store::Batch& batch, const std::vector<Chosen>& chosen) const {
  std::set<int> rows;
  store::Likeness likeness;
  likeness.since = batch.created_at;
  for (const Chosen& row : chosen) {
    const auto& flags = row.line->flags;
    const bool is_known = std::ranges::find(flags, burst::to_string(burst::Flag::recently_sent)) != flags.end();
    if (row.verdict != Verdict::ok || is_known) continue;
    likeness.number = row.line->number;
    likeness.text = row.line->text;
    likeness.patient = row.line->patient;
    likeness.appointment_at = row.line->appointment_at;
    if (store::find_alike(x_transaction, likeness)) rows.insert(row.line->row);
  }
  return rows;
}

Verdict Sending::verdict_now(const store::Batch& batch, const store::BatchLine& line) const {
  const Verdict before = burst::verdict_from(line.verdict).value_or(Verdict::ok);
  if (before == Verdict::excluded) return before;
  if (claimed_by(batch, line)) return Verdict::already_accepted;
  const bool may_go = before == Verdict::ok || before == Verdict::already_accepted || before == Verdict::expired ||
                      before == Verdict::opted_out;
  if (!may_go) return before;
  if (store::is_opted_out(x_transaction, line.number)) return Verdict::opted_out;
  const bool late = burst::row_expiry_of(timing_of(batch), line.appointment_at, x_rules.rules) <= x_rules.now;
  return late ? Verdict::expired : Verdict::ok;
}

// A ref that two rows of one burst share is free when the rows are chosen and taken when the second is accepted.
void Sending::accept(const store::Batch& batch, const Chosen& chosen) {
  const store::BatchLine& line = *chosen.line;
  Verdict verdict = chosen.verdict;
  if (leaves_an_item(verdict) && claimed_by(batch, line)) verdict = Verdict::already_accepted;
  if (burst::to_string(verdict) != line.verdict) {
    store::set_line_verdict(x_transaction, batch.key, line.row, std::string(burst::to_string(verdict)));
  }
  if (!leaves_an_item(verdict)) return;
  const auto stillborn = stillborn_of(verdict, line.missing);
  message::Message message =
      x_rules.ledger.accept(x_transaction, message_of(batch, line), digest_of(batch, line), stillborn);
  store::link_line(x_transaction, batch.key, line.row, message.key);
  if (verdict == Verdict::ok) x_queued.push_back(std::move(message));
}

message::Message Sending::message_of(const store::Batch& batch, const store::BatchLine& line) const {
  burst::Looked looked;
  looked.number = line.number;
  looked.encoding = line.encoding;
  looked.segments = line.segments;
  message::Message message;
  describe(message, looked);
  message.client = batch.client;
  message.client_ref = line.client_ref;
  message.batch = batch.key;
  message.batch_row = line.row;
  message.text = line.text;
  message.number_as_typed = line.typed;
  message.patient = line.patient;
  message.patient_name = line.patient_name;
  message.user = batch.user;
  message.timezone = batch.timezone;
  message.category = batch.category;
  message.created_at = x_rules.now;
  message.expires_at = burst::row_expiry_of(timing_of(batch), line.appointment_at, x_rules.rules);
  message.send_after = batch.send_after;
  message.appointment_at = line.appointment_at;
  return message;
}

// From the lines as they now are, so that a repeat gets the same answer as the first send.
Sent Sending::answer(const store::Batch& batch, const std::set<int>& rows) const {
  Sent sent;
  sent.id = batch.id;
  sent.state = batch.state;
  for (const store::BatchLine& line : store::batch_lines(x_transaction, batch.key, 0, all_rows)) {
    if (!rows.contains(line.row)) continue;
    Sent::Row row{line.row, line.message_id, line.verdict};
    const bool accepted = line.message_id && line.verdict == burst::to_string(Verdict::ok);
    if (line.verdict == burst::to_string(Verdict::already_accepted)) row.id = claimed_by(batch, line);
    (accepted ? sent.accepted : sent.refused).push_back(std::move(row));
  }
  return sent;
}

std::optional<std::string> Sending::claimed_by(const store::Batch& batch, const store::BatchLine& line) const {
  if (!line.client_ref) return std::nullopt;
  const auto claimed = store::find_message_ref(x_transaction, batch.client, *line.client_ref);
  if (!claimed) return std::nullopt;
  return store::find_message(x_transaction, claimed->key)->message.id;
}

burst::Timing Sending::timing_of(const store::Batch& batch) const {
  burst::Timing timing;
  timing.now = x_rules.now;
  timing.send_after = batch.send_after;
  timing.expires_at = batch.messages_expire_at;
  return timing;
}

}  // namespace burstd::clinic

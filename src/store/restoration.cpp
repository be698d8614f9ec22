#include "store/restoration.hpp"

#include <algorithm>

#include "store/history.hpp"
#include "store/identity.hpp"
#include "store/record.hpp"

namespace burstd::store {

namespace {

// More changes than any record will see, so that those of two epochs are never taken for one another.
constexpr std::int64_t stride = 1'000'000'000;

constexpr std::string_view select_restoration =
    "SELECT key, at, cause, backup_at, seq_before, last_message, released_at FROM restoration ORDER BY key DESC LIMIT "
    "1";

std::optional<base::Time> mark_of(const Connection& connection) {
  Statement row = connection.query("SELECT backup_at FROM meta WHERE id = 1");
  if (!row.step()) return std::nullopt;
  return row.next<std::optional<base::Time>>();
}

message::Key last_message(const Connection& connection) {
  Statement row = connection.query("SELECT coalesce(max(key), 0) FROM message");
  row.step();
  return row.next<message::Key>();
}

std::string stored_epoch(const Connection& connection) {
  Statement row = connection.query("SELECT epoch FROM meta WHERE id = 1");
  return row.step() ? row.next<std::string>() : std::string();
}

// Nothing: it is the record that was here.
std::optional<std::string> cause_of(const Connection& connection, const std::optional<Head>& head) {
  if (mark_of(connection)) return "backup";
  const std::int64_t last = last_seq(connection);
  if (!head) return last > 0 ? std::optional<std::string>("unknown") : std::nullopt;
  if (head->seq > last) return "behind";
  const bool is_other = head->seq > 0 && head->epoch != stored_epoch(connection);
  return is_other ? std::optional<std::string>("foreign") : std::nullopt;
}

void begin_epoch(const Connection& connection, Restoration restoration, std::int64_t known) {
  Transaction transaction(connection);
  const std::string before = stored_epoch(connection);
  transaction.run("UPDATE meta SET epoch = ?, backup_at = NULL WHERE id = 1", new_epoch());
  const std::int64_t seq = (std::max(known, restoration.seq_before) / stride + 1) * stride + 1;
  transaction.run(
      "INSERT INTO restoration(at, cause, backup_at, epoch_before, seq_before, last_message, change_seq)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)",
      restoration.at, restoration.cause, restoration.backup_at, before, restoration.seq_before,
      restoration.last_message, seq);
  Change change;
  change.seq = seq;
  change.at = restoration.at;
  change.kind = "gateway";
  change.event = epoch_begun;
  change.from = std::to_string(restoration.seq_before);
  change.to = "held";
  change.detail = words_of(restoration);
  append_after_gap(transaction, change);
}

}  // namespace

std::optional<Restoration> last_restoration(const Connection& connection) {
  Statement row = connection.query(select_restoration);
  if (!row.step()) return std::nullopt;
  Restoration found;
  found.key = row.next<std::int64_t>();
  found.at = row.next<base::Time>();
  found.cause = row.next<std::string>();
  found.backup_at = row.next<std::optional<base::Time>>();
  found.seq_before = row.next<std::int64_t>();
  found.last_message = row.next<message::Key>();
  found.released_at = row.next<std::optional<base::Time>>();
  return found;
}

std::optional<Restoration> standing_restoration(const Connection& connection) {
  const auto last = last_restoration(connection);
  return last && !last->released_at ? last : std::nullopt;
}

bool begin_epoch_where_needed(const Connection& connection, const std::optional<Head>& head, base::Time now) {
  const auto cause = cause_of(connection, head);
  if (!cause) return false;
  Restoration restoration;
  restoration.cause = *cause;
  restoration.backup_at = mark_of(connection);
  // Never before what is in it: else a machine's clock that is behind would seem right from here on.
  restoration.at = std::max({now, newest_time(connection).value_or(now), restoration.backup_at.value_or(now)});
  restoration.seq_before = last_seq(connection);
  restoration.last_message = last_message(connection);
  connection.execute("BEGIN IMMEDIATE");
  try {
    begin_epoch(connection, restoration, head ? head->seq : 0);
    connection.execute("COMMIT");
  } catch (...) {
    if (connection.in_transaction()) connection.execute("ROLLBACK");
    throw;
  }
  return true;
}

std::int64_t release(Transaction& transaction, const Restoration& restoration, const Releasing& releasing) {
  transaction.run("UPDATE restoration SET released_at = ?, released_by = ?, reason = ? WHERE key = ?", releasing.at,
                  releasing.by, releasing.reason, restoration.key);
  Change change;
  change.at = releasing.at;
  change.kind = "gateway";
  change.event = "released";
  change.from = "held";
  change.to = "sending";
  change.detail = "by " + releasing.by;
  return append_history(transaction, change);
}

bool is_position(const Connection& connection, std::int64_t seq) {
  if (seq == 0) return true;
  Statement row = connection.query("SELECT coalesce(max(change_seq), 0) FROM restoration");
  row.step();
  return seq >= row.next<std::int64_t>() && seq <= last_seq(connection);
}

std::vector<message::Key> maybe_sent(const Connection& connection, const Waited& waited, std::size_t limit) {
  std::vector<message::Key> keys;
  Statement rows = connection.query(
      "SELECT key FROM message WHERE state IN ('queued', 'retrying', 'sending') AND +key > ? AND +key <= ?"
      " AND coalesce(send_after, 0) <= ? ORDER BY key LIMIT ?",
      waited.after, waited.last, waited.due, limit);
  while (rows.step()) keys.push_back(rows.next<message::Key>());
  return keys;
}

std::string words_of(const Restoration& restoration) {
  if (restoration.cause == "foreign") return "the file of another record was put in its place";
  if (restoration.cause == "unknown") return "nothing beside it says any more how far it was (burstd.head is missing)";
  if (restoration.cause == "behind") return "an older file was put in its place";
  return "a backup of " + base::to_rfc3339(restoration.backup_at.value_or(restoration.at)) + " was put in its place";
}

}  // namespace burstd::store

#include "store/batches.hpp"

#include "store/batch_lines.hpp"
#include "store/identity.hpp"
#include "store/record.hpp"

namespace burstd::store {

namespace {

const std::string select_batches =
    "SELECT key, id, client, client_ref, name, template_name, user, timezone, digest, category, state, created_at,"
    " preview_until, send_after, messages_expire_at, selection FROM batch WHERE ";

Batch read_batch(Statement& row) {
  Batch batch;
  batch.key = row.next<std::int64_t>();
  batch.id = row.next<std::string>();
  batch.client = row.next<std::string>();
  batch.client_ref = row.next<std::optional<std::string>>();
  batch.name = row.next<std::optional<std::string>>();
  batch.template_name = row.next<std::optional<std::string>>();
  batch.user = row.next<std::optional<std::string>>();
  batch.timezone = row.next<std::optional<std::string>>();
  batch.digest = row.next<std::string>();
  batch.category = row.next<std::string>();
  batch.state = row.next<std::string>();
  batch.created_at = row.next<base::Time>();
  batch.preview_until = row.next<base::Time>();
  batch.send_after = row.next<std::optional<base::Time>>();
  batch.messages_expire_at = row.next<std::optional<base::Time>>();
  batch.selection = row.next<std::optional<std::string>>();
  return batch;
}

std::optional<Batch> read_one(Statement row) {
  if (!row.step()) return std::nullopt;
  return read_batch(row);
}

}  // namespace

Batch insert_batch(Transaction& transaction, Batch batch, const std::vector<BatchLine>& lines) {
  Statement newest = transaction.query("SELECT coalesce(max(key), 0) FROM batch");
  newest.step();
  batch.key = newest.next<std::int64_t>() + 1;
  batch.id = batch_id(epoch_of(transaction), batch.key);
  transaction.run(
      "INSERT INTO batch(key, id, client, client_ref, name, template_name, user, timezone, digest, category, state,"
      " created_at, preview_until, send_after, messages_expire_at, selection)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      batch.key, batch.id, batch.client, batch.client_ref, batch.name, batch.template_name, batch.user, batch.timezone,
      batch.digest, batch.category, batch.state, batch.created_at, batch.preview_until, batch.send_after,
      batch.messages_expire_at, batch.selection);
  insert_lines(transaction, batch.key, lines);
  return batch;
}

std::optional<Batch> find_batch(const Connection& connection, const std::string& id) {
  const auto key = batch_key(id);
  if (!key) return std::nullopt;
  auto batch = find_batch(connection, *key);
  if (!batch || batch->id != id) return std::nullopt;
  return batch;
}

std::optional<Batch> find_batch(const Connection& connection, std::int64_t key) {
  return read_one(connection.query(select_batches + "key = ?", key));
}

std::optional<Batch> find_batch_ref(const Connection& connection, const std::string& client,
                                    const std::string& client_ref, base::Time now) {
  return read_one(connection.query(select_batches +
                                       "client = ? AND client_ref = ? AND (state = 'queued' OR selection IS NOT NULL"
                                       " OR (state = 'preview' AND preview_until > ?))"
                                       " ORDER BY key DESC LIMIT 1",
                                   client, client_ref, now));
}

bool is_cancelled(const Connection& connection, std::int64_t batch) {
  return connection.query("SELECT 1 FROM batch WHERE key = ? AND state = 'cancelled'", batch).step();
}

void save_batch(Transaction& transaction, const Batch& batch) {
  transaction.run("UPDATE batch SET state = ?, selection = ? WHERE key = ?", batch.state, batch.selection, batch.key);
}

std::vector<Batch> list_batches(const Connection& connection, std::optional<std::int64_t> before, std::size_t limit) {
  std::vector<Batch> batches;
  Statement rows = before ? connection.query(select_batches + "key < ? ORDER BY key DESC LIMIT ?", before, limit)
                          : connection.query(select_batches + "key > 0 ORDER BY key DESC LIMIT ?", limit);
  while (rows.step()) batches.push_back(read_batch(rows));
  return batches;
}

std::vector<message::Key> messages_of_batch(const Connection& connection, std::int64_t batch) {
  std::vector<message::Key> keys;
  Statement rows = connection.query("SELECT key FROM message WHERE batch = ? ORDER BY key", batch);
  while (rows.step()) keys.push_back(rows.next<message::Key>());
  return keys;
}

}  // namespace burstd::store

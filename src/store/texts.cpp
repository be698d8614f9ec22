#include "store/texts.hpp"

#include "seal/chain.hpp"
#include "store/history.hpp"

namespace burstd::store {

namespace {

constexpr std::int64_t keys_in_page = 10'000;

template <class Key>
std::vector<Key> read_keys(Statement rows) {
  std::vector<Key> keys;
  while (rows.step()) keys.push_back(rows.next<Key>());
  return keys;
}

Change removal(const char* kind, base::Time at) {
  Change change;
  change.at = at;
  change.kind = kind;
  change.event = text_removed;
  return change;
}

}  // namespace

// A page is one of keys, so that no reading takes long over the many whose texts are gone.
OldTexts old_texts(const Connection& connection, base::Time before, message::Key after) {
  OldTexts page;
  page.messages = read_keys<message::Key>(connection.query(
      "SELECT key FROM message WHERE key > ?1 AND key <= ?1 + ?3 AND message_removed_at IS NULL AND +created_at < ?2"
      " AND updated_at < ?2 AND (+state IN ('delivered', 'unconfirmed', 'failed', 'expired', 'blocked', 'cancelled')"
      " OR (+state = 'uncertain' AND window_over = 1)) ORDER BY key",
      after, before, keys_in_page));
  if (connection.query("SELECT 1 FROM message WHERE key > ?", after + keys_in_page).step())
    page.next = after + keys_in_page;
  return page;
}

std::vector<std::int64_t> old_replies(const Connection& connection, base::Time before, std::size_t limit) {
  return read_keys<std::int64_t>(connection.query(
      "SELECT key FROM reply WHERE text_removed_at IS NULL AND acknowledged_at < ?1 AND received_at < ?1"
      " ORDER BY key LIMIT ?2",
      before, limit));
}

std::vector<std::int64_t> old_batches(const Connection& connection, base::Time before, std::size_t limit) {
  return read_keys<std::int64_t>(
      connection.query("SELECT key FROM batch WHERE texts_removed_at IS NULL AND created_at < ?1"
                       " AND (state <> 'preview' OR preview_until < ?1) AND NOT EXISTS (SELECT 1 FROM message"
                       " WHERE message.batch = batch.key AND +message_removed_at IS NULL) ORDER BY key LIMIT ?2",
                       before, limit));
}

// Before its row of the history, which commits to what is left under a salt of its own.
void remove_text(Transaction& transaction, message::Key message, base::Time at) {
  const std::int64_t seq = last_seq(transaction) + 1;
  const std::int64_t removed = transaction.run(
      "UPDATE message SET text = '', digest = '', salt = ?, message_removed_at = ?, updated_at = ?, change_seq = ?"
      " WHERE key = ? AND message_removed_at IS NULL",
      seal::random_bytes(seal::salt_size), at, at, seq, message);
  if (removed == 0) return;
  Change change = removal("item", at);
  change.message = message;
  append_history(transaction, change);
}

void remove_reply_text(Transaction& transaction, std::int64_t reply, base::Time at) {
  Statement row = transaction.query("SELECT id FROM reply WHERE key = ? AND text_removed_at IS NULL", reply);
  if (!row.step()) return;
  Change change = removal("reply", at);
  change.detail = row.next<std::string>();
  const std::int64_t seq = append_history(transaction, change);
  transaction.run("UPDATE reply SET text = '', salt = x'', text_removed_at = ?, change_seq = ? WHERE key = ?", at, seq,
                  reply);
  transaction.run("UPDATE inbound SET pdu = '' WHERE bundle IN (SELECT bundle FROM inbound WHERE reply = ?)", reply);
}

void remove_batch_texts(Transaction& transaction, std::int64_t batch, base::Time at) {
  const std::int64_t removed = transaction.run(
      "UPDATE batch SET digest = '', texts_removed_at = ? WHERE key = ? AND texts_removed_at IS NULL", at, batch);
  if (removed == 0) return;
  transaction.run("UPDATE batch_row SET text = '' WHERE batch = ?", batch);
  Change change = removal("batch", at);
  change.batch = batch;
  append_history(transaction, change);
}

}  // namespace burstd::store

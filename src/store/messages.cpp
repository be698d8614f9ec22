#include "store/messages.hpp"

#include "seal/chain.hpp"
#include "store/identity.hpp"
#include "store/parts.hpp"
#include "store/record.hpp"
#include "store/words.hpp"

namespace burstd::store {

namespace {

constexpr std::string_view select_record =
    "SELECT key, id, client, client_ref, batch, batch_row, retry_of, text, number, number_as_typed, patient,"
    " patient_name, context, user, timezone, category, priority, created_at, expires_at, send_after, appointment_at,"
    " expects_reply_until, encoding, segments, state, status, window_over, error_code, error, sent_at, delivered_at,"
    " confirmation, next_attempt_at, sim, concat_reference, updated_at, change_seq, message_removed_at"
    " FROM message WHERE key = ?";

constexpr std::string_view insert_record =
    "INSERT INTO message(key, id, client, client_ref, digest, batch, batch_row, retry_of, text, number,"
    " number_as_typed, salt, patient, patient_name, context, user, timezone, category, priority, created_at,"
    " expires_at, send_after, appointment_at, expects_reply_until, encoding, segments, status, state, window_over,"
    " error_code, error, sent_at, delivered_at, confirmation, next_attempt_at, sim, concat_reference, updated_at,"
    " change_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
    " ?, ?, ?, ?, ?, ?, ?, ?)";

constexpr std::string_view update_progress =
    "UPDATE message SET state = ?, window_over = ?, error_code = ?, error = ?, sent_at = ?, delivered_at = ?,"
    " confirmation = ?, next_attempt_at = ?, sim = ?, concat_reference = ?, updated_at = ?, change_seq = ?"
    " WHERE key = ?";

// On its own: it changes seldom, and SQLite would write its index each time.
constexpr std::string_view update_status = "UPDATE message SET status = ?1 WHERE key = ?2 AND status <> ?1";

std::string_view word(message::Priority priority) {
  return priority == message::Priority::urgent ? "urgent" : "normal";
}

message::Message read_message(Statement& row) {
  message::Message message;
  message.key = row.next<message::Key>();
  message.id = row.next<std::string>();
  message.client = row.next<std::string>();
  message.client_ref = row.next<std::optional<std::string>>();
  message.batch = row.next<std::optional<std::int64_t>>();
  message.batch_row = row.next<std::optional<int>>();
  message.retry_of = row.next<std::optional<std::string>>();
  message.text = row.next<std::string>();
  message.number = row.next<std::string>();
  message.number_as_typed = row.next<std::string>();
  message.patient = row.next<std::optional<std::string>>();
  message.patient_name = row.next<std::optional<std::string>>();
  message.context = row.next<std::optional<std::string>>();
  message.user = row.next<std::optional<std::string>>();
  message.timezone = row.next<std::optional<std::string>>();
  message.category = row.next<std::string>();
  message.priority = priority_of(row.next<std::string>());
  message.created_at = row.next<base::Time>();
  message.expires_at = row.next<base::Time>();
  message.send_after = row.next<std::optional<base::Time>>();
  message.appointment_at = row.next<std::optional<base::Time>>();
  message.expects_reply_until = row.next<std::optional<base::Time>>();
  message.encoding = row.next<std::string>();
  message.segments = row.next<int>();
  return message;
}

message::Progress read_progress(Statement& row) {
  message::Progress progress;
  progress.state = state_of(row.next<std::string>());
  progress.status = status_of(row.next<std::string>());
  progress.window_over = row.next<bool>();
  progress.error_code = row.next<std::optional<std::string>>();
  progress.error = row.next<std::optional<std::string>>();
  progress.sent_at = row.next<std::optional<base::Time>>();
  progress.delivered_at = row.next<std::optional<base::Time>>();
  progress.confirmation = row.next<std::optional<std::string>>();
  progress.next_attempt_at = row.next<std::optional<base::Time>>();
  progress.sim = row.next<std::optional<std::string>>();
  progress.concat_reference = row.next<std::optional<int>>();
  progress.updated_at = row.next<base::Time>();
  progress.change_seq = row.next<std::int64_t>();
  return progress;
}

void bind_first(Statement& statement, const message::Message& message, const std::string& digest,
                message::Status status) {
  statement.bind(message.key, message.id, message.client, message.client_ref, digest, message.batch, message.batch_row,
                 message.retry_of, message.text, message.number, message.number_as_typed,
                 seal::random_bytes(seal::salt_size), message.patient, message.patient_name, message.context,
                 message.user, message.timezone, message.category, word(message.priority), message.created_at,
                 message.expires_at, message.send_after, message.appointment_at, message.expects_reply_until,
                 message.encoding, message.segments, message::to_string(status));
}

void bind_progress(Statement& statement, const message::Progress& progress) {
  statement.bind(message::to_string(progress.state), progress.window_over, progress.error_code, progress.error,
                 progress.sent_at, progress.delivered_at, progress.confirmation, progress.next_attempt_at, progress.sim,
                 progress.concat_reference, progress.updated_at, progress.change_seq);
}

message::Part first_part(const message::Message& message, const message::Progress& progress) {
  message::Part part;
  part.message = message.key;
  part.standing.state = progress.state;
  part.error_code = progress.error_code;
  part.error = progress.error;
  return part;
}

message::Message insert_row(Transaction& transaction, message::Message message, const message::Progress& progress,
                            const std::string& digest) {
  Statement newest = transaction.query("SELECT coalesce(max(key), 0) FROM message");
  newest.step();
  message.key = newest.next<message::Key>() + 1;
  message.id = message_id(epoch_of(transaction), message.key);
  Statement statement = transaction.query(insert_record);
  bind_first(statement, message, digest, progress.status);
  bind_progress(statement, progress);
  statement.step();
  return message;
}

}  // namespace

message::Message insert_message(Transaction& transaction, message::Message message, const message::Progress& progress,
                                const std::string& digest) {
  message = insert_row(transaction, std::move(message), progress, digest);
  message::Part part = first_part(message, progress);
  for (part.number = 1; part.number <= message.segments; ++part.number) insert_part(transaction, part);
  return message;
}

message::Message insert_stillborn(Transaction& transaction, message::Message message, const message::Progress& progress,
                                  const std::string& digest) {
  message = insert_row(transaction, std::move(message), progress, digest);
  insert_part(transaction, first_part(message, progress));
  return message;
}

std::optional<Record> find_message(const Connection& connection, message::Key key) {
  Statement row = connection.query(select_record, key);
  if (!row.step()) return std::nullopt;
  Record record;
  record.message = read_message(row);
  record.progress = read_progress(row);
  record.message.removed_at = row.next<std::optional<base::Time>>();
  return record;
}

std::optional<Record> find_message(const Connection& connection, const std::string& id) {
  const auto key = message_key(id);
  if (!key) return std::nullopt;
  auto record = find_message(connection, *key);
  if (!record || record->message.id != id) return std::nullopt;
  return record;
}

std::optional<std::string> resent_as(const Connection& connection, const std::string& id) {
  Statement row = connection.query("SELECT id FROM message WHERE retry_of = ?", id);
  if (!row.step()) return std::nullopt;
  return row.next<std::string>();
}

std::optional<Claimed> find_message_ref(const Connection& connection, const std::string& client,
                                        const std::string& client_ref) {
  Statement row =
      connection.query("SELECT key, digest FROM message WHERE client_ref = ? AND client = ?", client_ref, client);
  if (!row.step()) return std::nullopt;
  const auto key = row.next<message::Key>();
  return Claimed{key, row.next<std::string>()};
}

// From one number to the next along the index: a number has many messages.
std::vector<std::string> numbers_ending(const Connection& connection, const std::string& digits) {
  std::vector<std::string> numbers;
  Statement rows = connection.query(
      "WITH RECURSIVE known(number) AS (SELECT min(number) FROM message UNION ALL"
      " SELECT (SELECT min(number) FROM message WHERE message.number > known.number) FROM known"
      " WHERE known.number IS NOT NULL) SELECT number FROM known WHERE substr(number, ?) = ?",
      -static_cast<std::int64_t>(digits.size()), digits);
  while (rows.step()) numbers.push_back(rows.next<std::string>());
  return numbers;
}

void save_progress(Transaction& transaction, message::Key key, const message::Progress& progress) {
  Statement statement = transaction.query(update_progress);
  bind_progress(statement, progress);
  statement.bind(key).step();
  transaction.run(update_status, message::to_string(progress.status), key);
}

}  // namespace burstd::store

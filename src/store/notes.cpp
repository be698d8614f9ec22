#include "store/notes.hpp"

#include "seal/chain.hpp"
#include "store/history.hpp"

namespace burstd::store {

// Before its row of the history, which commits to it.
std::int64_t insert_note(Transaction& transaction, const Note& note) {
  const std::int64_t seq = last_seq(transaction) + 1;
  transaction.run("INSERT INTO note(message, at, client, user, text, salt, change_seq) VALUES (?, ?, ?, ?, ?, ?, ?)",
                  note.message, note.at, note.client, note.user, note.text, seal::random_bytes(seal::salt_size), seq);
  Change change;
  change.at = note.at;
  change.kind = "item";
  change.message = note.message;
  change.event = noted;
  change.detail = "by " + note.user + " of " + note.client;
  return append_history(transaction, change);
}

std::vector<Note> notes_of(const Connection& connection, message::Key message) {
  std::vector<Note> notes;
  Statement rows =
      connection.query("SELECT at, client, user, text, change_seq FROM note WHERE message = ? ORDER BY key", message);
  while (rows.step()) {
    Note& note = notes.emplace_back();
    note.message = message;
    note.at = rows.next<base::Time>();
    note.client = rows.next<std::string>();
    note.user = rows.next<std::string>();
    note.text = rows.next<std::string>();
    note.change_seq = rows.next<std::int64_t>();
  }
  return notes;
}

std::optional<base::Octets> note_commitment(const Connection& connection, std::int64_t change_seq) {
  Statement row = connection.query("SELECT salt, user, text FROM note WHERE change_seq = ?", change_seq);
  if (!row.step()) return std::nullopt;
  const auto salt = row.next<base::Octets>();
  const auto user = row.next<std::string>();
  const auto seal = seal::commitment(salt, user, row.next<std::string>());
  return base::Octets(seal.begin(), seal.end());
}

}  // namespace burstd::store

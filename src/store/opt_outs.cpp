#include "store/opt_outs.hpp"

#include <algorithm>

#include "seal/chain.hpp"
#include "store/history.hpp"

namespace burstd::store {

namespace {

const std::string select_opt_outs =
    "SELECT opt_out.key, number, at, event, blocked, opt_out.reply, (SELECT id FROM reply WHERE reply.key ="
    " opt_out.reply), client, user, reason, uid, confirmation, opt_out.change_seq FROM opt_out WHERE ";
const std::string standing = "event IN ('stop', 'added') AND lifted_by IS NULL";

OptOut read_opt_out(Statement& row) {
  OptOut opt_out;
  opt_out.key = row.next<std::int64_t>();
  opt_out.number = row.next<std::string>();
  opt_out.at = row.next<base::Time>();
  opt_out.event = row.next<std::string>();
  opt_out.blocked = row.next<bool>();
  opt_out.reply = row.next<std::optional<std::int64_t>>();
  opt_out.reply_id = row.next<std::optional<std::string>>();
  opt_out.client = row.next<std::optional<std::string>>();
  opt_out.user = row.next<std::optional<std::string>>();
  opt_out.reason = row.next<std::optional<std::string>>();
  opt_out.uid = row.next<std::optional<std::int64_t>>();
  opt_out.confirmation = row.next<std::optional<message::Key>>();
  opt_out.change_seq = row.next<std::int64_t>();
  return opt_out;
}

std::vector<OptOut> read_opt_outs(Statement rows) {
  std::vector<OptOut> all;
  while (rows.step()) all.push_back(read_opt_out(rows));
  return all;
}

bool there_is(Statement row) { return row.step(); }

// What the chain vouches for beside the number.
std::string words_of(const OptOut& row) {
  std::string words = row.event;
  for (const auto& each : {row.client, row.user, row.reason}) words += '\n' + each.value_or("");
  return words + '\n' + std::to_string(row.reply.value_or(0)) + '\n' + std::to_string(row.uid.value_or(-1));
}

std::int64_t remember(Transaction& transaction, const OptOut& row, std::int64_t key, const base::Octets& salt) {
  Change change;
  change.at = row.at;
  change.kind = "opt-out";
  change.event = row.event;
  change.to = row.blocked ? "blocked" : "open";
  change.detail = std::to_string(key) + " " + base::to_hex(seal::commitment(salt, row.number, words_of(row)));
  return append_history(transaction, change);
}

std::int64_t next_key(const Connection& connection) {
  Statement row = connection.query("SELECT coalesce(max(key), 0) + 1 FROM opt_out");
  row.step();
  return row.next<std::int64_t>();
}

}  // namespace

bool by_patient(const OptOut& row) { return row.event == opt_out_stop || row.event == opt_out_start; }

bool is_opted_out(const Connection& connection, const std::string& number) {
  return there_is(connection.query("SELECT 1 FROM opt_out WHERE number = ? AND " + standing + " LIMIT 1", number));
}

std::vector<OptOut> standing_opt_outs(const Connection& connection, const std::string& number) {
  return read_opt_outs(
      connection.query(select_opt_outs + "number = ? AND " + standing + " ORDER BY event = 'stop' DESC, key", number));
}

std::vector<OptOut> opt_outs_of(const Connection& connection, const std::string& number) {
  return read_opt_outs(connection.query(select_opt_outs + "number = ? ORDER BY key", number));
}

std::optional<OptOut> find_opt_out(const Connection& connection, std::int64_t key) {
  Statement row = connection.query(select_opt_outs + "opt_out.key = ?", key);
  if (!row.step()) return std::nullopt;
  return read_opt_out(row);
}

std::vector<OptOut> list_opt_outs(const Connection& connection, std::optional<std::int64_t> before, std::size_t limit) {
  const std::string newest_first = standing + " ORDER BY opt_out.key DESC LIMIT ?";
  if (!before) return read_opt_outs(connection.query(select_opt_outs + newest_first, limit));
  return read_opt_outs(connection.query(select_opt_outs + "opt_out.key < ? AND " + newest_first, *before, limit));
}

OptOut add_opt_out(Transaction& transaction, OptOut row, const std::vector<OptOut>& ended) {
  const auto before = standing_opt_outs(transaction, row.number);
  const bool adds = row.event == opt_out_stop || row.event == opt_out_added;
  row.blocked = adds || before.size() > ended.size();
  row.key = next_key(transaction);
  const auto salt = seal::random_bytes(seal::salt_size);
  row.change_seq = remember(transaction, row, row.key, salt);
  transaction.run(
      "INSERT INTO opt_out(key, salt, number, at, event, blocked, reply, client, uid, user, reason, change_seq)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      row.key, salt, row.number, row.at, row.event, row.blocked, row.reply, row.client, row.uid, row.user, row.reason,
      row.change_seq);
  for (const OptOut& each : ended) {
    transaction.run("UPDATE opt_out SET lifted_by = ? WHERE key = ?", row.key, each.key);
  }
  return *find_opt_out(transaction, row.key);
}

std::vector<message::Key> waiting_for(const Connection& connection, const std::string& number) {
  std::vector<message::Key> keys;
  Statement rows = connection.query(
      "SELECT key FROM message WHERE number = ? AND +state IN ('queued', 'retrying', 'sending', 'uncertain')"
      " ORDER BY key",
      number);
  while (rows.step()) keys.push_back(rows.next<message::Key>());
  return keys;
}

void note_confirmation(Transaction& transaction, std::int64_t opt_out, message::Key message) {
  transaction.run("UPDATE opt_out SET confirmation = ? WHERE key = ?", message, opt_out);
}

void note_answer(Transaction& transaction, std::int64_t opt_out, std::int64_t reply) {
  transaction.run("UPDATE opt_out SET answered_by = ? WHERE key = ? AND answered_by IS NULL", reply, opt_out);
}

bool is_confirmation(const Connection& connection, message::Key message) {
  return there_is(connection.query("SELECT 1 FROM opt_out WHERE confirmation = ?", message));
}

bool confirmed_since(const Connection& connection, const std::string& number, base::Time since) {
  return there_is(connection.query(
      "SELECT 1 FROM opt_out WHERE number = ? AND confirmation IS NOT NULL AND at > ? LIMIT 1", number, since));
}

bool answers_confirmations(const Connection& connection, const std::string& number) {
  return there_is(connection.query(
      "SELECT 1 FROM opt_out WHERE number = ? AND confirmation IS NOT NULL AND answered_by IS NOT NULL LIMIT 1",
      number));
}

}  // namespace burstd::store

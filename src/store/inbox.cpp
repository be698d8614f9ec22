#include "store/inbox.hpp"

#include <limits>

#include "seal/chain.hpp"
#include "store/history.hpp"
#include "store/identity.hpp"
#include "store/record.hpp"

namespace burstd::store {

namespace {

const std::string select_inbound =
    "SELECT key, modem, sim, pdu, received_at, sender, reference, total, part, bundle, reply FROM inbound WHERE ";
const std::string select_replies =
    "SELECT key, id, sender, text, modem, sim, received_at, service_centre_at, total, complete, acknowledged_at,"
    " acknowledged_by, change_seq, class, ambiguous, in_window, ordinal, text_removed_at FROM reply WHERE ";

constexpr int most_matches = 50;

Inbound read_inbound(Statement& row) {
  Inbound inbound;
  inbound.key = row.next<std::int64_t>();
  inbound.modem = row.next<std::string>();
  inbound.sim = row.next<std::string>();
  inbound.pdu = row.next<std::string>();
  inbound.received_at = row.next<base::Time>();
  inbound.sender = row.next<std::string>();
  inbound.reference = row.next<std::optional<int>>();
  inbound.total = row.next<int>();
  inbound.part = row.next<int>();
  inbound.bundle = row.next<std::int64_t>();
  inbound.reply = row.next<std::optional<std::int64_t>>();
  return inbound;
}

std::vector<Inbound> read_all_inbound(Statement rows) {
  std::vector<Inbound> all;
  while (rows.step()) all.push_back(read_inbound(rows));
  return all;
}

Reply read_reply(Statement& row) {
  Reply reply;
  reply.key = row.next<std::int64_t>();
  reply.id = row.next<std::string>();
  reply.sender = row.next<std::string>();
  reply.text = row.next<std::string>();
  reply.modem = row.next<std::string>();
  reply.sim = row.next<std::string>();
  reply.received_at = row.next<base::Time>();
  reply.service_centre_at = row.next<std::optional<base::Time>>();
  reply.total = row.next<int>();
  reply.complete = row.next<bool>();
  reply.acknowledged_at = row.next<std::optional<base::Time>>();
  reply.acknowledged_by = row.next<std::optional<std::string>>();
  reply.change_seq = row.next<std::int64_t>();
  reply.meaning = message::reply_class_from(row.next<std::string>()).value_or(message::ReplyClass::other);
  reply.ambiguous = row.next<bool>();
  reply.in_window = row.next<bool>();
  reply.ordinal = row.next<std::optional<int>>();
  reply.text_removed_at = row.next<std::optional<base::Time>>();
  return reply;
}

std::vector<Answered> read_matches(const Connection& connection, std::int64_t reply) {
  std::vector<Answered> matches;
  Statement rows = connection.query(
      "SELECT message.key, id, patient, patient_name, context FROM reply_match JOIN message ON message.key = message"
      " WHERE reply = ? ORDER BY place",
      reply);
  while (rows.step()) {
    Answered& match = matches.emplace_back();
    match.key = rows.next<message::Key>();
    match.id = rows.next<std::string>();
    match.patient = rows.next<std::optional<std::string>>();
    match.patient_name = rows.next<std::optional<std::string>>();
    match.context = rows.next<std::optional<std::string>>();
  }
  return matches;
}

message::Earlier read_earlier(Statement& row) {
  message::Earlier earlier;
  earlier.message = row.next<message::Key>();
  earlier.patient = row.next<std::string>();
  earlier.appointment_at = row.next<std::optional<base::Time>>();
  earlier.expects_reply_until = row.next<std::optional<base::Time>>();
  earlier.expires_at = row.next<base::Time>();
  earlier.left_at = row.next<base::Time>();
  return earlier;
}

std::int64_t note(Transaction& transaction, const char* event, std::string detail, base::Time at) {
  Change change;
  change.at = at;
  change.kind = "reply";
  change.event = event;
  change.detail = std::move(detail);
  return append_history(transaction, change);
}

base::Octets salt_of(const Connection& connection, std::int64_t reply) {
  Statement row = connection.query("SELECT salt FROM reply WHERE key = ?", reply);
  if (!row.step()) return {};
  return row.next<base::Octets>();
}

std::int64_t insert_reply(Transaction& transaction, const Reply& reply) {
  transaction.run(
      "INSERT INTO reply(id, salt, sender, text, modem, sim, received_at, service_centre_at, total, complete,"
      " class, ambiguous, in_window, ordinal, change_seq) VALUES ('', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
      seal::random_bytes(seal::salt_size), reply.sender, reply.text, reply.modem, reply.sim, reply.received_at,
      reply.service_centre_at, reply.total, reply.complete, message::to_string(reply.meaning), reply.ambiguous,
      reply.in_window, reply.ordinal);
  const std::int64_t key = transaction.last_key();
  ++transaction.tally().replies[std::string(message::to_string(reply.meaning))];
  int place = 0;
  for (const Answered& match : reply.matches) {
    transaction.run("INSERT INTO reply_match(reply, place, message) VALUES (?, ?, ?)", key, ++place, match.key);
  }
  return key;
}

}  // namespace

bool knows_inbound(const Connection& connection, const std::string& sim, const std::string& pdu) {
  return connection.query("SELECT 1 FROM inbound WHERE pdu = ? AND sim = ? LIMIT 1", pdu, sim).step();
}

Inbound insert_inbound(Transaction& transaction, Inbound inbound) {
  transaction.run(
      "INSERT INTO inbound(modem, sim, pdu, received_at, sender, reference, total, part, bundle)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      inbound.modem, inbound.sim, inbound.pdu, inbound.received_at, inbound.sender, inbound.reference, inbound.total,
      inbound.part, inbound.bundle);
  inbound.key = transaction.last_key();
  if (inbound.bundle != 0) return inbound;
  inbound.bundle = inbound.key;
  transaction.run("UPDATE inbound SET bundle = ? WHERE key = ?", inbound.bundle, inbound.key);
  return inbound;
}

std::vector<Inbound> newest_bundle(const Connection& connection, const Inbound& like, base::Time since) {
  Statement row = connection.query(
      "SELECT bundle FROM inbound WHERE sender = ? AND reference = ? AND total = ? AND received_at >= ? AND pdu <> ''"
      " ORDER BY key DESC LIMIT 1",
      like.sender, like.reference, like.total, since);
  if (!row.step()) return {};
  return bundle_of(connection, row.next<std::int64_t>());
}

std::vector<Inbound> bundle_of(const Connection& connection, std::int64_t bundle) {
  return read_all_inbound(connection.query(select_inbound + "bundle = ? ORDER BY key", bundle));
}

std::vector<std::int64_t> waiting_bundles(const Connection& connection, base::Time before, std::size_t limit) {
  std::vector<std::int64_t> bundles;
  Statement rows = connection.query(
      "SELECT DISTINCT bundle FROM inbound WHERE reply IS NULL AND sender <> '' AND key = bundle AND received_at < ?"
      " ORDER BY bundle LIMIT ?",
      before, limit);
  while (rows.step()) bundles.push_back(rows.next<std::int64_t>());
  return bundles;
}

std::vector<message::Earlier> messages_before(const Connection& connection, const std::string& number,
                                              base::Time until) {
  std::vector<message::Earlier> earlier;
  Statement rows = connection.query(
      "SELECT key, coalesce(patient, patient_name, ''), appointment_at, expects_reply_until, expires_at, left_at FROM"
      " (SELECT *, coalesce((SELECT max(started_at) FROM attempt WHERE attempt.message = message.key"
      " AND +result IN ('open', 'accepted', 'unknown')), sent_at) AS left_at FROM"
      " (SELECT * FROM message WHERE number = ?1 ORDER BY key DESC LIMIT 500) AS message)"
      " AS earlier WHERE left_at <= ?2 AND NOT (state = 'failed' AND segments = 1)"
      " AND NOT EXISTS (SELECT 1 FROM opt_out WHERE confirmation = earlier.key)"
      " ORDER BY left_at DESC, key DESC LIMIT ?3",
      number, until, most_matches);
  while (rows.step()) earlier.push_back(read_earlier(rows));
  return earlier;
}

int replies_to(const Connection& connection, message::Key message) {
  Statement row = connection.query("SELECT count(*) FROM reply_match WHERE message = ?", message);
  row.step();
  return row.next<int>();
}

Reply save_reply(Transaction& transaction, Reply reply, std::int64_t bundle, base::Time at) {
  const bool is_new = reply.key == 0;
  if (is_new) {
    reply.key = insert_reply(transaction, reply);
    reply.id = reply_id(epoch_of(transaction), reply.key);
  }
  const char* event =
      is_new ? (reply.complete ? "received" : "received-incomplete") : (reply.complete ? "completed" : "grown");
  if (!is_new) reply.acknowledged_at = {}, reply.acknowledged_by = {};  // nobody has seen what has come now
  const auto commitment = seal::commitment(salt_of(transaction, reply.key), reply.sender, reply.text);
  reply.change_seq = note(transaction, event, reply.id + " " + base::to_hex(commitment), at);
  transaction.run(
      "UPDATE reply SET id = ?, text = ?, complete = ?, class = ?, acknowledged_at = ?, acknowledged_by = ?,"
      " change_seq = ? WHERE key = ?",
      reply.id, reply.text, reply.complete, message::to_string(reply.meaning), reply.acknowledged_at,
      reply.acknowledged_by, reply.change_seq, reply.key);
  transaction.run("UPDATE inbound SET reply = ? WHERE bundle = ? AND reply IS NULL", reply.key, bundle);
  return reply;
}

void acknowledge(Transaction& transaction, Reply& reply, const Seen& seen) {
  reply.acknowledged_at = seen.at;
  reply.acknowledged_by = seen.user;
  reply.change_seq = note(transaction, "acknowledged", reply.id + " by " + seen.by, seen.at);
  transaction.run("UPDATE reply SET acknowledged_at = ?, acknowledged_by = ?, change_seq = ? WHERE key = ?", seen.at,
                  seen.user, reply.change_seq, reply.key);
}

bool may_be_older_than_stop(const Connection& connection, const Reply& reply, std::int64_t since) {
  if (!reply.service_centre_at) return true;
  return connection
      .query(
          "SELECT 1 FROM reply WHERE sender = ? AND class = 'stop' AND key >= ?"
          " AND (service_centre_at IS NULL OR service_centre_at > ?) LIMIT 1",
          reply.sender, since, reply.service_centre_at)
      .step();
}

bool is_copy(const Connection& connection, const Reply& reply) {
  return connection
      .query("SELECT 1 FROM reply WHERE sender = ? AND class = ? AND service_centre_at = ? AND key < ? LIMIT 1",
             reply.sender, message::to_string(reply.meaning), reply.service_centre_at, reply.key)
      .step();
}

std::optional<Reply> find_reply(const Connection& connection, std::int64_t key) {
  Statement row = connection.query(select_replies + "key = ?", key);
  if (!row.step()) return std::nullopt;
  Reply reply = read_reply(row);
  reply.matches = read_matches(connection, reply.key);
  return reply;
}

std::optional<Reply> find_reply(const Connection& connection, const std::string& id) {
  const auto key = reply_key(id);
  if (!key) return std::nullopt;
  auto reply = find_reply(connection, *key);
  if (!reply || reply->id != id) return std::nullopt;
  return reply;
}

std::vector<Reply> list_replies(const Connection& connection, const InboxFilter& filter) {
  std::vector<Reply> replies;
  const std::string open = filter.unacknowledged ? " AND acknowledged_at IS NULL" : "";
  const std::string by = filter.after ? "change_seq > ?" + open + " ORDER BY change_seq LIMIT ?"
                                      : "key < ?" + open + " ORDER BY key DESC LIMIT ?";
  constexpr std::int64_t beyond = std::numeric_limits<std::int64_t>::max();
  Statement rows =
      connection.query(select_replies + by, filter.after.value_or(filter.before.value_or(beyond)), filter.limit + 1);
  while (rows.step()) replies.push_back(read_reply(rows));
  for (Reply& reply : replies) reply.matches = read_matches(connection, reply.key);
  return replies;
}

std::optional<base::Time> oldest_unacknowledged(const Connection& connection) {
  Statement row =
      connection.query("SELECT received_at FROM reply WHERE acknowledged_at IS NULL ORDER BY received_at LIMIT 1");
  if (!row.step()) return std::nullopt;
  return row.next<base::Time>();
}

}  // namespace burstd::store

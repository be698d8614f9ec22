#include "store/audit.hpp"

#include "seal/chain.hpp"
#include "store/history.hpp"

namespace burstd::store {

namespace {

const std::string select_audit =
    "SELECT key, at, uid, client, user, route, subject, event, change, times, change_seq FROM audit WHERE ";

AuditRow read_audit(Statement& row) {
  AuditRow found;
  found.key = row.next<std::int64_t>();
  found.at = row.next<base::Time>();
  found.uid = row.next<std::optional<std::int64_t>>();
  found.client = row.next<std::string>();
  found.user = row.next<std::optional<std::string>>();
  found.route = row.next<std::string>();
  found.subject = row.next<std::optional<std::string>>();
  found.event = row.next<std::string>();
  found.change = row.next<std::optional<std::string>>();
  found.times = row.next<std::int64_t>();
  found.change_seq = row.next<std::int64_t>();
  return found;
}

}  // namespace

// Before its row of the history, which commits to it.
AuditRow append_audit(Transaction& transaction, AuditRow row) {
  row.change_seq = last_seq(transaction) + 1;
  transaction.run(
      "INSERT INTO audit(at, uid, client, user, route, subject, event, change, times, change_seq)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      row.at, row.uid, row.client, row.user, row.route, row.subject, row.event, row.change, row.times, row.change_seq);
  row.key = transaction.last_key();
  Change change;
  change.at = row.at;
  change.kind = audited;
  change.event = row.event;
  change.detail = "by " + (row.user ? *row.user + " of " : "") + row.client;
  append_history(transaction, change);
  return row;
}

bool has_audit_row(const Connection& connection, std::int64_t key) {
  return connection.query("SELECT 1 FROM audit WHERE key = ?", key).step();
}

std::vector<AuditRow> list_audit(const Connection& connection, std::optional<std::int64_t> before, std::size_t limit) {
  std::vector<AuditRow> found;
  Statement rows = before ? connection.query(select_audit + "key < ? ORDER BY key DESC LIMIT ?", before, limit)
                          : connection.query(select_audit + "key > 0 ORDER BY key DESC LIMIT ?", limit);
  while (rows.step()) found.push_back(read_audit(rows));
  return found;
}

std::optional<base::Octets> audit_commitment(const Connection& connection, std::int64_t change_seq) {
  Statement found = connection.query(select_audit + "change_seq = ?", change_seq);
  if (!found.step()) return std::nullopt;
  const AuditRow row = read_audit(found);
  seal::Fields fields;
  fields.add(row.key).add(base::to_millis(row.at)).add(row.uid).add(row.client).add(row.user).add(row.route);
  fields.add(row.subject).add(row.event).add(row.change).add(row.times);
  const auto seal = seal::chain(connection.meta().value().seal_key, seal::no_seal, fields);
  return base::Octets(seal.begin(), seal.end());
}

}  // namespace burstd::store

#include "store/history.hpp"

#include "store/chained.hpp"

namespace burstd::store {

namespace {

const std::string select_changes =
    "SELECT seq, at, kind, message, batch, part, event, from_state, to_state, detail FROM history WHERE ";

std::vector<Change> read_changes(Statement rows) {
  std::vector<Change> changes;
  while (rows.step()) changes.push_back(read_change(rows));
  return changes;
}

// The row that this one is sealed to. By primary key, and inside the transaction: a unit that was taken back
// leaves nothing to remember.
struct Last {
  std::int64_t seq = 0;
  seal::Seal seal = seal::no_seal;
};

Last last_row(const Connection& connection) {
  Last last;
  Statement row = connection.query("SELECT seq, seal FROM history WHERE seq > 0 ORDER BY seq DESC LIMIT 1");
  if (!row.step()) return last;
  last.seq = row.next<std::int64_t>();
  last.seal = to_seal(row.next<base::Octets>());
  return last;
}

std::int64_t append(Transaction& transaction, const Last& last, Change change) {
  const Connection& connection = transaction;
  Chained row{std::move(change), std::nullopt};
  row.commitment = commitment_of(connection, row.change);
  const auto seal = seal_of(connection.meta().value().seal_key, last.seal, row);
  const Change& sealed = row.change;
  transaction.run(
      "INSERT INTO history(seq, at, kind, message, batch, part, event, from_state, to_state, detail, commitment,"
      " seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      sealed.seq, sealed.at, sealed.kind, sealed.message, sealed.batch, sealed.part, sealed.event, sealed.from,
      sealed.to, sealed.detail, row.commitment, seal);
  transaction.note_change(sealed.seq);
  ++transaction.tally().changes[{sealed.kind, sealed.event}];
  return sealed.seq;
}

std::optional<base::Time> only_time(Statement row) {
  if (!row.step()) return std::nullopt;
  return row.next<base::Time>();
}

}  // namespace

Change read_change(Statement& row) {
  Change change;
  change.seq = row.next<std::int64_t>();
  change.at = row.next<base::Time>();
  change.kind = row.next<std::string>();
  change.message = row.next<std::optional<message::Key>>();
  change.batch = row.next<std::optional<std::int64_t>>();
  change.part = row.next<std::optional<int>>();
  change.event = row.next<std::string>();
  change.from = row.next<std::optional<std::string>>();
  change.to = row.next<std::optional<std::string>>();
  change.detail = row.next<std::optional<std::string>>();
  return change;
}

std::int64_t append_history(Transaction& transaction, const Change& change) {
  const Last last = last_row(transaction);
  Change next = change;
  next.seq = last.seq + 1;
  return append(transaction, last, std::move(next));
}

std::int64_t append_after_gap(Transaction& transaction, const Change& change) {
  return append(transaction, last_row(transaction), change);
}

std::vector<Change> history_of(const Connection& connection, message::Key message) {
  return read_changes(connection.query(select_changes + "message = ? ORDER BY seq", message));
}

std::vector<std::string> repeated_from(const Connection& connection, const message::Part& part) {
  std::vector<std::string> states;
  Statement rows =
      connection.query("SELECT from_state FROM history WHERE message = ? AND part = ? AND event = ? ORDER BY seq",
                       part.message, part.number, message::to_string(message::Event::repeated));
  while (rows.step()) states.push_back(rows.next<std::string>());
  return states;
}

std::vector<Change> history_after(const Connection& connection, std::int64_t seq, std::size_t limit) {
  return read_changes(connection.query(select_changes + "seq > ? ORDER BY seq LIMIT ?", seq, limit));
}

std::vector<Change> news_after(const Connection& connection, std::int64_t seq, std::size_t limit) {
  return read_changes(connection.query(
      select_changes + "seq > ? AND (kind <> 'item' OR batch IS NULL) ORDER BY seq LIMIT ?", seq, limit));
}

std::int64_t last_seq(const Connection& connection) { return last_row(connection).seq; }

Newest newest_change(const Connection& connection) {
  const Last last = last_row(connection);
  return {last.seq, last.seal};
}

std::optional<base::Time> newest_time(const Connection& connection) {
  return only_time(connection.query("SELECT at FROM history ORDER BY seq DESC LIMIT 1"));
}

std::optional<base::Time> newest_deed(const Connection& connection) {
  return only_time(connection.query(
      "SELECT at FROM history WHERE +kind NOT IN ('gateway', 'modem', 'quota') ORDER BY seq DESC LIMIT 1"));
}

}  // namespace burstd::store

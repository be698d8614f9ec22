// A cut of the end that also puts back every row that points beyond it leaves an older, whole record: only a copy of
// the last seal kept elsewhere tells the two apart, which is why the log says it every day.
#include "store/verify.hpp"

#include "base/counted.hpp"
#include "store/audit.hpp"
#include "store/chained.hpp"
#include "store/refold.hpp"
#include "store/restoration.hpp"
#include "store/snapshot.hpp"

namespace burstd::store {

namespace {

constexpr int page_size = 1000, messages_in_page = 200;

const std::string advice = " Keep a copy of the record as it is, and compare it with a backup.";

struct Link {
  Chained row;
  seal::Seal seal;
};

void blame(Verification& found, std::int64_t seq, Broken broken) {
  found.first_bad = seq;
  found.sentence = broken.what + "." + advice;
  found.broken = std::move(broken);
}

Broken in_history(std::int64_t seq, std::string what) { return {"history", seq, std::move(what)}; }

// Along the chain, a page at a time.
class Walk {
 public:
  explicit Walk(const Connection& connection) : x_connection(&connection), x_key(seal_key_of(connection)) {}

  // False when nothing is left, or something was found.
  bool look_at_page() {
    const Snapshot snapshot(*x_connection);
    const auto page = next_page();
    for (const Link& link : page) {
      check(link);
      if (x_found.first_bad) return false;
    }
    if (!page.empty()) return true;
    check_end();
    if (!x_found.first_bad) check_unheld();
    return false;
  }

  Verification found() {
    x_found.newest = {x_seq, x_seal};
    x_found.whole = !x_found.first_bad;
    if (x_found.whole) x_found.sentence = "The history is whole: " + base::counted(x_found.rows, "row", "rows") + ".";
    return x_found;
  }

 private:
  std::vector<Link> next_page() {
    std::vector<Link> page;
    Statement rows = x_connection->query(
        "SELECT seq, at, kind, message, batch, part, event, from_state, to_state, detail, commitment, seal"
        " FROM history WHERE seq > ? ORDER BY seq LIMIT ?",
        x_seq, page_size);
    while (rows.step()) {
      Link link{{read_change(rows), std::nullopt}, {}};
      link.row.commitment = rows.next<std::optional<base::Octets>>();
      link.seal = to_seal(rows.next<base::Octets>());
      page.push_back(std::move(link));
    }
    return page;
  }

  void check(const Link& link) {
    const std::int64_t seq = link.row.change.seq;
    if (seq != x_seq + 1 && !begins_epoch(link.row.change)) {
      return blame(x_found, seq, in_history(x_seq + 1, "History row " + std::to_string(x_seq + 1) + " is missing"));
    }
    if (!seal::equal(seal_of(x_key, x_seal, link.row), link.seal)) {
      return blame(x_found, seq, in_history(seq, "History row " + std::to_string(seq) + " does not fit its seal"));
    }
    if (link.row.commitment) check_committed(link);
    if (x_found.first_bad) return;
    x_seq = seq;
    x_seal = link.seal;
    ++x_found.rows;
  }

  // The numbers jump where the record was restored, and the row says, sealed, what it follows.
  bool begins_epoch(const Change& change) const {
    return change.kind == "gateway" && change.event == epoch_begun && change.seq > x_seq &&
           change.from == std::to_string(x_seq);
  }

  void check_committed(const Link& link) {
    const Change& change = link.row.change;
    const message::Key key = change.message.value_or(0);
    if (change.event == recorded && was_removed(key)) return;
    const auto now = commitment_of(*x_connection, change);
    if (now && seal::equal(*now, *link.row.commitment)) return;
    const std::string message = "message " + std::to_string(key);
    Broken broken{"message", key, "The number or text of " + message + " is not what was accepted"};
    if (change.kind == audited)
      broken = {"audit", change.seq,
                "What the audit says at history row " + std::to_string(change.seq) + " is not what was written"};
    if (change.event == noted) broken = {"note", change.seq, "A note on " + message + " is not what was written"};
    blame(x_found, change.seq, std::move(broken));
  }

  // The chain says that the text is gone, and commits to what is left.
  bool was_removed(message::Key key) const {
    Statement row = x_connection->query(
        "SELECT 1 FROM history WHERE message = ? AND +event = ? AND +commitment IS NOT NULL", key, text_removed);
    return row.step();
  }

  // What no cut row can take back with it.
  void check_end() {
    Statement row = x_connection->query("SELECT key, change_seq FROM message WHERE change_seq > ? LIMIT 1", x_seq);
    if (!row.step()) return;
    const auto key = row.next<message::Key>();
    blame(x_found, x_seq + 1,
          in_history(x_seq + 1, "The history ends at row " + std::to_string(x_seq) + ", but message " +
                                    std::to_string(key) + " was changed by row " +
                                    std::to_string(row.next<std::int64_t>())));
  }

  // Notes and rows of the audit that somebody has slipped in.
  void check_unheld() {
    Statement row = x_connection->query(
        "SELECT change_seq, mark FROM (SELECT change_seq, 'noted' AS mark FROM note UNION ALL"
        " SELECT change_seq, 'audit' FROM audit) AS held WHERE NOT EXISTS (SELECT 1 FROM history"
        " WHERE history.seq = held.change_seq AND history.commitment IS NOT NULL"
        " AND held.mark IN (history.event, history.kind)) LIMIT 1");
    if (!row.step()) return;
    const auto seq = row.next<std::int64_t>();
    const std::string table = row.next<std::string>() == "noted" ? "note" : "audit";
    blame(x_found, seq, {table, seq, "A note or a row of the audit has no history"});
  }

  const Connection* x_connection;
  base::Octets x_key;
  std::int64_t x_seq = 0;
  seal::Seal x_seal = seal::no_seal;
  Verification x_found;
};

std::vector<message::Key> keys_after(const Connection& connection, message::Key after) {
  std::vector<message::Key> keys;
  Statement rows =
      connection.query("SELECT key FROM message WHERE key > ? ORDER BY key LIMIT ?", after, messages_in_page);
  while (rows.step()) keys.push_back(rows.next<message::Key>());
  return keys;
}

// The last key that was looked at; nothing: there are no more, or something was found.
std::optional<message::Key> refold_page(const Connection& connection, message::Key after, Verification& found) {
  const Snapshot snapshot(connection);
  const auto keys = keys_after(connection, after);
  for (const message::Key key : keys) {
    if (auto broken = refold(connection, key)) {
      found.whole = false;
      found.sentence = broken->what + "." + advice;
      found.broken = std::move(broken);
      return std::nullopt;
    }
    ++found.messages;
  }
  return keys.empty() ? std::nullopt : std::optional(keys.back());
}

}  // namespace

std::optional<Verification> verify_chain(const Connection& connection, const GoesOn& goes_on) {
  Walk walk(connection);
  while (walk.look_at_page()) {
    if (!goes_on()) return std::nullopt;
  }
  return walk.found();
}

std::optional<Verification> verify_record(const Connection& connection, const GoesOn& goes_on) {
  auto chain = verify_chain(connection, goes_on);
  if (!chain) return std::nullopt;
  Verification found = std::move(*chain);
  std::optional<message::Key> next = found.whole ? std::optional<message::Key>(0) : std::nullopt;
  while (next) {
    next = refold_page(connection, *next, found);
    if (!goes_on()) return std::nullopt;
  }
  if (found.whole) {
    found.sentence = "The record is whole: " + base::counted(found.rows, "row", "rows") + " of history, " +
                     base::counted(found.messages, "message", "messages") + ".";
  }
  return found;
}

}  // namespace burstd::store

// Verification of the record: every seal is computed again in order, every message is held against its
// commitment, and what points beyond the end of the history shows that its end was cut off. A cut that also
// puts back every row that points beyond it leaves an older, whole record: only a copy of the last seal kept
// elsewhere tells the two apart. In pages, so that a long history needs no more memory than a short one.
#include "store/audit.hpp"
#include "store/chained.hpp"

namespace burstd::store {

namespace {

constexpr int page_size = 1000;

struct Link {
  Chained row;
  seal::Seal seal;
};

class Walk {
 public:
  explicit Walk(const Connection& connection) : x_connection(&connection), x_key(seal_key_of(connection)) {}

  Verification run() {
    for (auto page = next_page(); !page.empty() && !x_found.first_bad; page = next_page()) {
      for (const Link& link : page) {
        check(link);
        if (x_found.first_bad) break;
      }
    }
    if (!x_found.first_bad) check_end();
    if (!x_found.first_bad) check_messages();
    if (!x_found.first_bad) check_unheld();
    if (!x_found.first_bad) x_found.sentence = "The history is whole: " + std::to_string(x_found.rows) + " rows.";
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
    if (seq != x_seq + 1) return blame(seq, "History row " + std::to_string(x_seq + 1) + " is missing");
    if (!seal::equal(seal_of(x_key, x_seal, link.row), link.seal)) {
      return blame(seq, "History row " + std::to_string(seq) + " does not fit its seal");
    }
    if (link.row.commitment) check_committed(link);
    x_seq = seq;
    x_seal = link.seal;
    if (!x_found.first_bad) ++x_found.rows;
  }

  void check_committed(const Link& link) {
    const Change& change = link.row.change;
    const auto now = commitment_of(*x_connection, change);
    if (now && seal::equal(*now, *link.row.commitment)) return;
    const std::string message = "message " + std::to_string(change.message.value_or(0));
    if (change.kind == audited) return blame(change.seq, "What the audit says at this row is not what was written");
    if (change.event == noted) return blame(change.seq, "A note on " + message + " is not what was written");
    blame(change.seq, "The number or text of " + message + " is not what was accepted");
  }

  // What no cut row can take back with it.
  void check_end() {
    Statement row = x_connection->query("SELECT key, change_seq FROM message WHERE change_seq > ? LIMIT 1", x_seq);
    if (!row.step()) return;
    const auto key = row.next<message::Key>();
    blame(x_seq + 1, "The history ends at row " + std::to_string(x_seq) + ", but message " + std::to_string(key) +
                         " was changed by row " + std::to_string(row.next<std::int64_t>()));
  }

  void check_messages() {
    Statement row = x_connection->query(
        "SELECT key FROM message WHERE key > 0 AND NOT EXISTS (SELECT 1 FROM history"
        " WHERE history.message = message.key AND +history.event = 'recorded'"
        " AND +history.commitment IS NOT NULL) LIMIT 1");
    if (!row.step()) return;
    blame(x_seq + 1, "Message " + std::to_string(row.next<message::Key>()) + " has no history");
  }

  // Notes and rows of the audit that somebody has slipped in.
  void check_unheld() {
    Statement row = x_connection->query(
        "SELECT change_seq FROM (SELECT change_seq, 'noted' AS mark FROM note UNION ALL"
        " SELECT change_seq, 'audit' FROM audit) AS held WHERE NOT EXISTS (SELECT 1 FROM history"
        " WHERE history.seq = held.change_seq AND history.commitment IS NOT NULL"
        " AND held.mark IN (history.event, history.kind)) LIMIT 1");
    if (!row.step()) return;
    blame(row.next<std::int64_t>(), "A note or a row of the audit has no history");
  }

  void blame(std::int64_t seq, const std::string& what) {
    x_found.first_bad = seq;
    x_found.sentence = what + ". Keep a copy of the record as it is, and compare it with a backup.";
  }

  const Connection* x_connection;
  base::Octets x_key;
  std::int64_t x_seq = 0;
  seal::Seal x_seal = seal::no_seal;
  Verification x_found;
};

}  // namespace

Verification verify_history(const Connection& connection) { return Walk(connection).run(); }

}  // namespace burstd::store

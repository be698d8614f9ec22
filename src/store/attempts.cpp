#include "store/attempts.hpp"

namespace burstd::store {

namespace {

const std::string select_attempts =
    "SELECT key, message, part, modem, sim, started_at, ended_at, reference, validity_minutes, result, failure,"
    " charged FROM attempt WHERE ";

const std::string select_candidates =
    "SELECT attempt.key, message.number, attempt.reference, attempt.result = 'open', NOT part.reported,"
    " attempt.started_at, ifnull(attempt.ended_at, attempt.started_at),"
    " attempt.started_at + 60000 * ifnull(attempt.validity_minutes, 4320) FROM attempt"  // 3 days, the centres' default
    " JOIN part ON part.message = attempt.message AND part.number = attempt.part"
    " JOIN message ON message.key = attempt.message WHERE attempt.sim = ?1 AND ";

constexpr std::chrono::hours longest_window{64 * 7 * 24};  // TP-VP ends at 63 weeks, and one more
constexpr std::chrono::minutes longest_attempt{10};        // the longest wait for a verdict
constexpr std::chrono::hours longest_grace{7 * 24};        // of a window, beyond the validity

// When an attempt was begun that the service centre took at this time by its own clock.
std::pair<base::Time, base::Time> begun_then(base::Time submitted) {
  return {submitted - message::clock_after - longest_attempt, submitted + message::clock_before};
}

Attempt read_attempt(Statement& row) {
  Attempt attempt;
  attempt.key = row.next<std::int64_t>();
  attempt.message = row.next<message::Key>();
  attempt.part = row.next<int>();
  attempt.modem = row.next<std::string>();
  attempt.sim = row.next<std::string>();
  attempt.started_at = row.next<base::Time>();
  attempt.ended_at = row.next<std::optional<base::Time>>();
  attempt.reference = row.next<std::optional<int>>();
  attempt.validity_minutes = row.next<std::optional<int>>();
  attempt.result = row.next<std::string>();
  attempt.failure = row.next<std::optional<std::string>>();
  attempt.charged = row.next<bool>();
  return attempt;
}

void read_candidates(Statement rows, std::vector<message::Candidate>& found) {
  while (rows.step()) {
    message::Candidate candidate;
    candidate.attempt = rows.next<std::int64_t>();
    candidate.recipient = rows.next<std::string>();
    candidate.reference = rows.next<std::optional<int>>();
    candidate.in_flight = rows.next<bool>();
    candidate.open = rows.next<bool>();
    candidate.started_at = rows.next<base::Time>();
    candidate.ended_at = rows.next<base::Time>();
    candidate.window_ends_at = rows.next<base::Time>();
    found.push_back(std::move(candidate));
  }
}

}  // namespace

std::int64_t insert_attempt(Transaction& transaction, const Attempt& attempt) {
  transaction.run(
      "INSERT INTO attempt(message, part, modem, sim, started_at, ended_at, reference, validity_minutes, result,"
      " failure) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      attempt.message, attempt.part, attempt.modem, attempt.sim, attempt.started_at, attempt.ended_at,
      attempt.reference, attempt.validity_minutes, attempt.result, attempt.failure);
  return transaction.last_key();
}

void finish_attempt(Transaction& transaction, const Attempt& attempt) {
  transaction.run("UPDATE attempt SET ended_at = ?, reference = ?, result = ?, failure = ?, charged = ? WHERE key = ?",
                  attempt.ended_at, attempt.reference, attempt.result, attempt.failure, attempt.charged, attempt.key);
}

std::optional<Attempt> find_attempt(const Connection& connection, std::int64_t key) {
  Statement row = connection.query(select_attempts + "key = ?", key);
  if (!row.step()) return std::nullopt;
  return read_attempt(row);
}

std::vector<Attempt> attempts_of(const Connection& connection, message::Key message) {
  std::vector<Attempt> attempts;
  Statement rows = connection.query(select_attempts + "message = ? ORDER BY key", message);
  while (rows.step()) attempts.push_back(read_attempt(rows));
  return attempts;
}

std::optional<Attempt> unresolved_attempt(const Connection& connection, const std::string& modem, base::Time since) {
  Statement row = connection.query(select_attempts +
                                       "result IN ('open', 'unknown') AND started_at >= ? AND +modem = ?"
                                       " ORDER BY key DESC LIMIT 1",
                                   since, modem);
  if (!row.step()) return std::nullopt;
  auto attempt = read_attempt(row);
  Statement later = connection.query("SELECT 1 FROM attempt WHERE key > ? AND modem = ? LIMIT 1", attempt.key, modem);
  if (later.step()) return std::nullopt;
  return attempt;
}

std::vector<message::Candidate> candidates_by_time(const Connection& connection, const std::string& sim,
                                                   const message::Reported& report) {
  std::vector<message::Candidate> found;
  if (!report.submitted_at) return found;
  const auto [first, last] = begun_then(*report.submitted_at);
  read_candidates(connection.query(select_candidates + "attempt.reference = ?2 AND attempt.started_at BETWEEN ?3 AND ?4"
                                                       " ORDER BY attempt.key",
                                   sim, report.reference, first, last),
                  found);
  return found;
}

std::vector<message::Candidate> candidates(const Connection& connection, const std::string& sim,
                                           const message::Reported& report) {
  std::vector<message::Candidate> found;
  const auto [first, last] = begun_then(report.submitted_at.value_or(base::Time{}));
  read_candidates(
      connection.query(
          select_candidates + "attempt.reference = ?2 AND attempt.started_at >= ?3"
                              " AND (attempt.started_at + 60000 * ifnull(attempt.validity_minutes, 4320) >= ?4"
                              " OR attempt.started_at BETWEEN ?5 AND ?6) ORDER BY attempt.key",
          sim, report.reference, report.received_at - longest_window, report.received_at - longest_grace, first, last),
      found);
  if (!report.submitted_at) return found;
  read_candidates(
      connection.query(select_candidates +
                           "attempt.reference IS NULL AND attempt.result <> 'not-sent'"
                           " AND attempt.charged = 1 AND attempt.started_at BETWEEN ?2 AND ?3 ORDER BY attempt.key",
                       sim, first, last),
      found);
  return found;
}

}  // namespace burstd::store

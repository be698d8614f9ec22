#include <algorithm>

#include "store/attempts.hpp"

namespace burstd::store {

namespace {

const std::string select_reports =
    "SELECT report.key, report.attempt, report.modem, report.sim, report.pdu, report.recipient, report.reference,"
    " report.status, report.received_at, report.service_centre_at, report.discharged_at, report.ambiguous FROM ";

Report read_report(Statement& row) {
  Report report;
  report.key = row.next<std::int64_t>();
  report.attempt = row.next<std::optional<std::int64_t>>();
  report.modem = row.next<std::string>();
  report.sim = row.next<std::string>();
  report.pdu = row.next<std::string>();
  report.recipient = row.next<std::string>();
  report.reference = row.next<int>();
  report.status = row.next<int>();
  report.received_at = row.next<base::Time>();
  report.service_centre_at = row.next<std::optional<base::Time>>();
  report.discharged_at = row.next<std::optional<base::Time>>();
  report.ambiguous = row.next<bool>();
  return report;
}

std::vector<Report> read_reports(Statement rows) {
  std::vector<Report> reports;
  while (rows.step()) reports.push_back(read_report(rows));
  return reports;
}

}  // namespace

std::int64_t insert_report(Transaction& transaction, const Report& report) {
  transaction.run(
      "INSERT INTO report(attempt, modem, sim, pdu, recipient, reference, status, received_at, service_centre_at,"
      " discharged_at, ambiguous) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      report.attempt, report.modem, report.sim, report.pdu, report.recipient, report.reference, report.status,
      report.received_at, report.service_centre_at, report.discharged_at, report.ambiguous);
  ++transaction.tally().reports;
  return transaction.last_key();
}

void adopt_report(Transaction& transaction, std::int64_t report, std::int64_t attempt) {
  transaction.run("UPDATE report SET attempt = ? WHERE key = ?", attempt, report);
}

std::vector<Report> reports_of(const Connection& connection, message::Key message) {
  return read_reports(connection.query(
      select_reports + "attempt CROSS JOIN report ON report.attempt = attempt.key WHERE attempt.message = ?"
                       " ORDER BY report.key",
      message));
}

std::vector<Report> orphan_reports(const Connection& connection, const std::string& sim, std::size_t limit) {
  auto reports = read_reports(connection.query(
      select_reports + "report WHERE attempt IS NULL AND sim = ? ORDER BY received_at DESC, key DESC LIMIT ?", sim,
      limit));
  std::ranges::reverse(reports);
  return reports;
}

bool knows_report(const Connection& connection, const std::string& sim, const std::string& pdu) {
  return connection.query("SELECT 1 FROM report WHERE pdu = ? AND sim = ? LIMIT 1", pdu, sim).step();
}

}  // namespace burstd::store

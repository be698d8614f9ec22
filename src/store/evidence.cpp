#include "store/evidence.hpp"

namespace burstd::store {

ReportCount report_count(const Connection& connection, const std::string& sim, base::Time since, base::Time until) {
  Statement row = connection.query(
      "SELECT (SELECT count(*) FROM attempt WHERE charged = 1 AND +result = 'accepted' AND sim = ?1 AND started_at >= "
      "?2"
      " AND started_at < ?3), (SELECT count(*) FROM report WHERE sim = ?1 AND received_at >= ?2)",
      sim, since, until);
  ReportCount count;
  row.step();
  count.accepted = row.next<std::int64_t>();
  count.reports = row.next<std::int64_t>();
  return count;
}

std::optional<base::Time> latest_unresolved(const Connection& connection, base::Time since,
                                            const std::set<std::string>& but) {
  Statement rows = connection.query(
      "SELECT started_at, modem FROM attempt WHERE result IN ('open', 'unknown') AND started_at >= ?"
      " ORDER BY started_at DESC",
      since);
  while (rows.step()) {
    const auto started_at = rows.next<base::Time>();
    if (but.count(rows.next<std::string>()) == 0) return started_at;
  }
  return std::nullopt;
}

}  // namespace burstd::store

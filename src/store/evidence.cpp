#include "store/evidence.hpp"

namespace burstd::store {

ReportCount report_count(const Connection& connection, const std::string& sim, base::Time since, base::Time until) {
  Statement row = connection.query(
      "SELECT (SELECT count(*) FROM attempt WHERE result = 'accepted' AND sim = ?1 AND started_at >= ?2"
      " AND started_at < ?3), (SELECT count(*) FROM report WHERE sim = ?1 AND received_at >= ?2)",
      sim, since, until);
  ReportCount count;
  row.step();
  count.accepted = row.next<std::int64_t>();
  count.reports = row.next<std::int64_t>();
  return count;
}

std::optional<base::Time> latest_unresolved(const Connection& connection, base::Time since) {
  Statement row = connection.query(
      "SELECT max(started_at) FROM attempt WHERE result IN ('open', 'unknown') AND started_at >= ?", since);
  row.step();
  return row.next<std::optional<base::Time>>();
}

}  // namespace burstd::store

#include "store/spending.hpp"

#include <algorithm>

namespace burstd::store {

namespace {

int charged_between(const Connection& connection, const std::string& sim, base::Time since, base::Time until) {
  Statement row = connection.query(
      "SELECT count(*) FROM attempt WHERE charged = 1 AND sim = ? AND started_at BETWEEN ? AND ?", sim, since, until);
  row.step();
  return row.next<int>();
}

}  // namespace

message::Spent spent(const Connection& connection, const std::string& sim, const Since& since) {
  message::Spent spent;
  Statement hour = connection.query(
      "SELECT started_at FROM attempt WHERE charged = 1 AND sim = ? AND started_at > ? AND started_at <= ? ORDER BY "
      "started_at",
      sim, since.hour, since.until);
  while (hour.step()) spent.hour.push_back(hour.next<base::Time>());
  spent.day = charged_between(connection, sim, since.day, since.until);
  spent.month = charged_between(connection, sim, since.month, since.until);
  if (!since.recipients) return spent;
  Statement numbers = connection.query(
      "SELECT DISTINCT message.number FROM attempt JOIN message ON message.key = attempt.message"
      " WHERE attempt.charged = 1 AND attempt.sim = ? AND attempt.started_at BETWEEN ? AND ?",
      sim, since.month, since.until);
  while (numbers.step()) spent.recipients.insert(message::recipient_of(numbers.next<std::string>()));
  return spent;
}

std::optional<std::string> last_sim(const Connection& connection, const std::string& number) {
  Statement row = connection.query(
      "SELECT sim FROM message WHERE number = ? AND sim IS NOT NULL ORDER BY key DESC LIMIT 1", number);
  if (!row.step()) return std::nullopt;
  return row.next<std::string>();
}

bool reference_collides(const Connection& connection, const std::string& sim, const std::string& number, int parts) {
  constexpr int before_it = 2;  // may take one first: what is on the air, and what has just left and is not settled
  Statement last = connection.query(
      "SELECT reference FROM attempt WHERE charged = 1 AND sim = ? AND +reference IS NOT NULL"
      " ORDER BY started_at DESC LIMIT 1",
      sim);
  if (!last.step()) return false;
  const int used = last.next<int>();
  for (int next = used + 1; next <= used + parts + before_it; ++next) {
    Statement same = connection.query(
        "SELECT 1 FROM message CROSS JOIN attempt ON attempt.message = message.key"
        " CROSS JOIN part ON part.message = attempt.message AND part.number = attempt.part"
        " WHERE message.number = ? AND +attempt.sim = ? AND +attempt.reference = ?"
        " AND +part.state IN ('submitted', 'uncertain') LIMIT 1",
        number, sim, next % 256);
    if (same.step()) return true;
  }
  return false;
}

}  // namespace burstd::store

#include "store/parts.hpp"

#include "store/messages.hpp"
#include "store/words.hpp"

namespace burstd::store {

namespace {

const std::string select_parts =
    "SELECT message, number, state, reported, tries, sim, error_code, error, last_status, sent_at, delivered_at,"
    " next_attempt_at, window_ends_at, window_over FROM part WHERE ";

message::Part read_part(Statement& row) {
  message::Part part;
  part.message = row.next<message::Key>();
  part.number = row.next<int>();
  part.standing.state = state_of(row.next<std::string>());
  part.standing.reported = row.next<bool>();
  part.tries = row.next<int>();
  part.sim = row.next<std::optional<std::string>>();
  part.error_code = row.next<std::optional<std::string>>();
  part.error = row.next<std::optional<std::string>>();
  part.last_status = row.next<std::optional<int>>();
  part.sent_at = row.next<std::optional<base::Time>>();
  part.delivered_at = row.next<std::optional<base::Time>>();
  part.next_attempt_at = row.next<std::optional<base::Time>>();
  part.window_ends_at = row.next<std::optional<base::Time>>();
  part.window_over = row.next<bool>();
  return part;
}

std::vector<message::Part> read_parts(Statement& rows) {
  std::vector<message::Part> parts;
  while (rows.step()) parts.push_back(read_part(rows));
  return parts;
}

void bind_standing(Statement& statement, const message::Part& part) {
  statement.bind(message::to_string(part.standing.state), part.standing.reported, part.tries, part.sim, part.error_code,
                 part.error, part.last_status, part.sent_at, part.delivered_at, part.next_attempt_at,
                 part.window_ends_at, part.window_over);
}

}  // namespace

void insert_part(Transaction& transaction, const message::Part& part) {
  Statement statement = transaction.query(
      "INSERT INTO part(message, number, state, reported, tries, sim, error_code, error, last_status, sent_at,"
      " delivered_at, next_attempt_at, window_ends_at, window_over) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      part.message, part.number);
  bind_standing(statement, part);
  statement.step();
}

std::vector<message::Part> parts_of(const Connection& connection, message::Key key) {
  Statement rows = connection.query(select_parts + "message = ? ORDER BY number", key);
  return read_parts(rows);
}

void save_part(Transaction& transaction, const message::Part& part) {
  Statement statement = transaction.query(
      "UPDATE part SET state = ?, reported = ?, tries = ?, sim = ?, error_code = ?, error = ?, last_status = ?,"
      " sent_at = ?, delivered_at = ?, next_attempt_at = ?, window_ends_at = ?, window_over = ?"
      " WHERE message = ? AND number = ?");
  bind_standing(statement, part);
  statement.bind(part.message, part.number).step();
}

std::vector<message::Part> parts_on_air(const Connection& connection) {
  Statement rows = connection.query(select_parts + "state = 'sending' ORDER BY message, number");
  return read_parts(rows);
}

// Two partial indices, each in the order of the windows, merged.
std::vector<message::Part> parts_past_window(const Connection& connection, const std::string& sim, base::Time now,
                                             std::size_t limit) {
  const std::string submitted = select_parts + "state = 'submitted' AND sim = ?1 AND window_ends_at <= ?2";
  const std::string uncertain =
      select_parts + "state = 'uncertain' AND window_over = 0 AND sim = ?1 AND window_ends_at <= ?2";
  Statement rows =
      connection.query(submitted + " UNION ALL " + uncertain + " ORDER BY window_ends_at LIMIT ?3", sim, now, limit);
  return read_parts(rows);
}

}  // namespace burstd::store

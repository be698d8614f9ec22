#include "store/batch_lines.hpp"

#include <algorithm>

namespace burstd::store {

namespace {

// Flags and the names of placeholders have no blanks; their columns hold them with one between.
std::string join(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : " ") + word;
  return joined;
}

std::vector<std::string> split(const std::string& joined) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < joined.size();) {
    const std::size_t end = std::min(joined.find(' ', begin), joined.size());
    words.push_back(joined.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

BatchLine read_line(Statement& row) {
  BatchLine line;
  line.row = row.next<int>();
  line.patient = row.next<std::optional<std::string>>();
  line.patient_name = row.next<std::optional<std::string>>();
  line.client_ref = row.next<std::optional<std::string>>();
  line.exclude = row.next<std::optional<std::string>>();
  line.typed = row.next<std::string>();
  line.number = row.next<std::string>();
  line.text = row.next<std::string>();
  line.encoding = row.next<std::string>();
  line.segments = row.next<int>();
  line.appointment_at = row.next<std::optional<base::Time>>();
  line.verdict = row.next<std::string>();
  line.missing = split(row.next<std::string>());
  line.flags = split(row.next<std::string>());
  line.selected = row.next<bool>();
  line.message = row.next<std::optional<message::Key>>();
  line.earlier_item = row.next<std::optional<std::string>>();
  line.message_id = row.next<std::optional<std::string>>();
  line.earlier_status = row.next<std::optional<std::string>>();
  return line;
}

// Keys rise with time: only what was accepted since then is looked at, however much went to a number before.
const std::string of_late =
    " AND key >= (SELECT key FROM message WHERE created_at >= ?3 ORDER BY created_at, key LIMIT 1)"
    " AND (+status <> 'Send Failed' OR +state = 'uncertain') ORDER BY key DESC LIMIT 1";
const std::string same_appointment = "SELECT id FROM message WHERE patient = ?1 AND +appointment_at = ?2" + of_late;
const std::string same_text = "SELECT id FROM message WHERE number = ?1 AND +text = ?2" + of_late;

}  // namespace

void insert_lines(Transaction& transaction, std::int64_t batch, const std::vector<BatchLine>& lines) {
  for (const BatchLine& line : lines) {
    transaction.run(
        "INSERT INTO batch_row(batch, row, patient, patient_name, client_ref, exclude, typed, number, text, encoding,"
        " segments, appointment_at, verdict, missing, flags, selected, message, earlier_item)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        batch, line.row, line.patient, line.patient_name, line.client_ref, line.exclude, line.typed, line.number,
        line.text, line.encoding, line.segments, line.appointment_at, line.verdict, join(line.missing),
        join(line.flags), line.selected, line.message, line.earlier_item);
  }
}

std::vector<BatchLine> batch_lines(const Connection& connection, std::int64_t batch, int after_row, std::size_t limit) {
  std::vector<BatchLine> lines;
  Statement rows = connection.query(
      "SELECT row, patient, patient_name, client_ref, exclude, typed, number, text, encoding, segments,"
      " appointment_at, verdict, missing, flags, selected, message, earlier_item,"
      " (SELECT id FROM message WHERE message.key = batch_row.message),"
      " (SELECT status FROM message WHERE message.id = earlier_item"
      " AND message.key = CAST(substr(earlier_item, instr(earlier_item, '-') + 1) AS INTEGER))"
      " FROM batch_row WHERE batch = ? AND row > ? ORDER BY row LIMIT ?",
      batch, after_row, limit);
  while (rows.step()) lines.push_back(read_line(rows));
  return lines;
}

void link_line(Transaction& transaction, std::int64_t batch, int row, message::Key message) {
  transaction.run("UPDATE batch_row SET message = ? WHERE batch = ? AND row = ?", message, batch, row);
}

void set_line_verdict(Transaction& transaction, std::int64_t batch, int row, const std::string& verdict) {
  transaction.run("UPDATE batch_row SET verdict = ? WHERE batch = ? AND row = ?", verdict, batch, row);
}

BatchTotals batch_totals(const Connection& connection, std::int64_t batch) {
  Statement row = connection.query(
      "SELECT count(*), coalesce(sum(selected), 0),"
      " coalesce(sum((verdict = 'ok') * segments * CASE WHEN (SELECT selection IS NULL FROM batch WHERE key = ?1)"
      " THEN selected ELSE message IS NOT NULL END), 0) FROM batch_row WHERE batch = ?1",
      batch);
  row.step();
  BatchTotals totals;
  totals.rows = row.next<int>();
  totals.selected = row.next<int>();
  totals.segments = row.next<int>();
  return totals;
}

// What failed for good is no reason not to send again; what may have arrived is.
std::optional<std::string> find_alike(const Connection& connection, const Likeness& likeness) {
  if (likeness.patient && likeness.appointment_at) {
    Statement row = connection.query(same_appointment, likeness.patient, likeness.appointment_at, likeness.since);
    if (row.step()) return row.next<std::string>();
  }
  if (likeness.number.empty()) return std::nullopt;
  Statement row = connection.query(same_text, likeness.number, likeness.text, likeness.since);
  if (!row.step()) return std::nullopt;
  return row.next<std::string>();
}

}  // namespace burstd::store

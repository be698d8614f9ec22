// What waits, what hangs and how much there is of it: the questions of recovery, of the sweeper and of the
// status page. Each is a search of the index on state, on status or on the burst.
#include <algorithm>
#include <variant>

#include "store/identity.hpp"
#include "store/messages.hpp"
#include "store/words.hpp"

namespace burstd::store {

namespace {

// A message between two of its parts: the fold calls it `sending`, although none of them is on the air.
const std::string half_sent =
    " AND EXISTS (SELECT 1 FROM part WHERE part.message = message.key AND +part.state IN ('queued', 'retrying'))"
    " AND NOT EXISTS (SELECT 1 FROM part WHERE part.message = message.key AND +part.state = 'sending')";

const std::string not_left = "('queued', 'retrying', 'sending')";

const std::string begun_keys =
    "SELECT key FROM message WHERE state = 'retrying' AND key > ?1"
    " UNION ALL SELECT key FROM message WHERE state = 'sending' AND key > ?1" +
    half_sent + " ORDER BY key LIMIT ?2";

std::vector<message::Key> read_keys(Statement rows) {
  std::vector<message::Key> keys;
  while (rows.step()) keys.push_back(rows.next<message::Key>());
  return keys;
}

std::int64_t count_state(const Connection& connection, message::State state) {
  Statement row = connection.query("SELECT count(*) FROM message WHERE state = ?", message::to_string(state));
  row.step();
  return row.next<std::int64_t>();
}

std::vector<Count> count_by(const Connection& connection, const std::string& column, const std::string& batch) {
  std::vector<Count> counts;
  Statement rows = connection.query(
      "SELECT +" + column + ", count(*) FROM message WHERE batch = ? GROUP BY 1 ORDER BY 1", batch_key(batch));
  while (rows.step()) {
    auto word = rows.next<std::string>();
    counts.push_back(Count{std::move(word), rows.next<std::int64_t>()});
  }
  return counts;
}

}  // namespace

// There may be a hundred thousand of them: no more is read than the job needs.
Waiting queued_messages(const Connection& connection, message::Key after, std::size_t limit) {
  Waiting page;
  Statement rows = connection.query(
      "SELECT key, batch, priority, category, created_at, send_after, expires_at, segments, number, sim,"
      " (SELECT max(next_attempt_at) FROM part WHERE part.message = message.key)"
      " FROM message WHERE state = 'queued' AND key > ? ORDER BY key LIMIT ?",
      after, limit);
  while (rows.step()) {
    message::Message message;
    message.key = rows.next<message::Key>();
    message.batch = rows.next<std::optional<std::int64_t>>();
    message.priority = priority_of(rows.next<std::string>());
    message.category = rows.next<std::string>();
    message.created_at = rows.next<base::Time>();
    message.send_after = rows.next<std::optional<base::Time>>();
    message.expires_at = rows.next<base::Time>();
    message.segments = rows.next<int>();
    message.number = rows.next<std::string>();
    message::Job job = message::job_of(message);
    job.sim = rows.next<std::optional<std::string>>();
    message::wait_for_try(job, rows.next<std::optional<base::Time>>());
    page.jobs.push_back(std::move(job));
  }
  if (page.jobs.size() == limit) page.next = page.jobs.back().message;
  return page;
}

Waiting begun_messages(const Connection& connection, message::Key after, std::size_t limit) {
  Waiting page;
  const auto keys = read_keys(connection.query(begun_keys, after, limit));
  for (const message::Key key : keys) {
    const Record record = *find_message(connection, key);
    const auto job = message::remaining_job(record.message, record.progress, parts_of(connection, key));
    if (job) page.jobs.push_back(*job);
  }
  if (keys.size() == limit) page.next = keys.back();
  return page;
}

std::vector<message::Key> stranded_messages(const Connection& connection, base::Time before) {
  static const std::string sql = "SELECT key FROM message WHERE state IN ('sending', 'uncertain')" + half_sent +
                                 " AND EXISTS (SELECT 1 FROM part WHERE part.message = message.key"
                                 " AND +part.state NOT IN ('queued', 'retrying', 'sending')"
                                 " AND (SELECT max(started_at) FROM attempt WHERE attempt.message = part.message"
                                 " AND +attempt.part = part.number AND +attempt.result IN ('accepted', 'unknown')) < ?)"
                                 " ORDER BY key";
  return read_keys(connection.query(sql, before));
}

std::vector<message::Key> doubtful_messages(const Connection& connection, base::Time now) {
  return read_keys(connection.query(
      "SELECT key FROM message WHERE state = 'uncertain' AND +expires_at > ?"
      " AND NOT EXISTS (SELECT 1 FROM message AS again WHERE again.retry_of = message.id) ORDER BY key",
      now));
}

// References are handed out one after the other from a start that the number gives, so their count names the next.
int next_concat_reference(const Connection& connection, const std::string& number) {
  Statement row =
      connection.query("SELECT count(*) FROM message WHERE number = ? AND +concat_reference IS NOT NULL", number);
  row.step();
  const auto used = row.next<std::uint64_t>();
  std::uint64_t start = 0;
  for (const char digit : number) start = start * 31 + static_cast<unsigned char>(digit);
  return static_cast<int>((start + used) % 256);
}

Depth queue_depth(const Connection& connection) {
  Depth depth;
  depth.waiting = count_state(connection, message::State::queued) + count_state(connection, message::State::retrying);
  depth.sending = count_state(connection, message::State::sending);
  depth.submitted = count_state(connection, message::State::submitted);
  Statement row = connection.query("SELECT created_at FROM message WHERE status = 'Pending' ORDER BY key LIMIT 1");
  if (row.step()) depth.oldest_pending_at = row.next<base::Time>();
  return depth;
}

std::map<int, std::int64_t> waiting_segments(const Connection& connection, const std::vector<std::string>& prefixes) {
  std::string ways;
  for (std::size_t at = 0; at < prefixes.size(); ++at) {
    ways += " WHEN substr(number, 1, " + std::to_string(prefixes[at].size()) + ") = ?" + std::to_string(at + 1) +
            " THEN " + std::to_string(at + 1);
  }
  const std::string way = ways.empty() ? "0" : "CASE" + ways + " ELSE 0 END";
  Statement rows =
      connection.query("SELECT " + way + ", sum(segments) FROM message WHERE state IN " + not_left + " GROUP BY 1");
  for (const std::string& prefix : prefixes) rows.bind(prefix);
  std::map<int, std::int64_t> segments;
  while (rows.step()) {
    const int route = rows.next<int>();
    segments[route] = rows.next<std::int64_t>();
  }
  return segments;
}

std::int64_t due_segments(const Connection& connection, base::Time by) {
  Statement row = connection.query(
      "SELECT coalesce(sum(segments), 0) FROM message WHERE state IN " + not_left + " AND coalesce(send_after <= ?, 1)",
      by);
  row.step();
  return row.next<std::int64_t>();
}

std::vector<Queued> queued_of_batch(const Connection& connection, std::int64_t batch) {
  std::vector<Queued> all;
  Statement rows = connection.query(
      "SELECT number, segments, expires_at FROM message WHERE batch = ? AND +state IN " + not_left, batch);
  while (rows.step()) {
    Queued one;
    one.number = rows.next<std::string>();
    one.segments = rows.next<int>();
    one.expires_at = rows.next<base::Time>();
    all.push_back(std::move(one));
  }
  return all;
}

std::set<std::string> waiting_numbers(const Connection& connection, std::optional<std::int64_t> but) {
  Statement rows =
      connection.query("SELECT number FROM message WHERE state IN " + not_left + (but ? " AND +batch IS NOT ?1" : ""));
  if (but) rows.bind(*but);
  std::set<std::string> numbers;
  while (rows.step()) numbers.insert(rows.next<std::string>());
  return numbers;
}

std::vector<Count> count_by_state(const Connection& connection, const std::string& batch_id) {
  return count_by(connection, "state", batch_id);
}

std::int64_t count_held(const Connection& connection, const std::string& batch_id, const Held& held) {
  std::vector<Value> values{batch_key(batch_id).value_or(0)};
  const auto parameter = [&](const Value& value) {
    values.push_back(value);
    return "?" + std::to_string(values.size());
  };
  const std::string condition = held_condition(held, parameter);
  Statement row =
      connection.query("SELECT count(*) FROM message WHERE batch = ?1 AND +state = 'queued' AND " + condition);
  for (const Value& value : values) std::visit([&](const auto& plain) { row.bind(plain); }, value);
  row.step();
  return row.next<std::int64_t>();
}

std::vector<Count> count_by_status(const Connection& connection, const std::string& batch_id) {
  return count_by(connection, "status", batch_id);
}

}  // namespace burstd::store

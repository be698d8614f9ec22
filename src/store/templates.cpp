#include "store/templates.hpp"

#include "store/history.hpp"

namespace burstd::store {

namespace {

const std::string select_templates =
    "SELECT name, text, description, most_segments, changed_at, changed_by, change_seq FROM template";

StoredTemplate read_template(Statement& row) {
  StoredTemplate found;
  found.name = row.next<std::string>();
  found.text = row.next<std::string>();
  found.description = row.next<std::string>();
  found.most_segments = row.next<std::optional<int>>();
  found.changed_at = row.next<base::Time>();
  found.changed_by = row.next<std::string>();
  found.change_seq = row.next<std::int64_t>();
  return found;
}

Change change_of(const std::string& name, const std::string& event, const std::string& who, base::Time at) {
  Change change;
  change.kind = "template";
  change.event = event;
  change.at = at;
  change.detail = name + ": by " + who;
  return change;
}

}  // namespace

std::optional<StoredTemplate> find_template(const Connection& connection, const std::string& name) {
  Statement row = connection.query(select_templates + " WHERE name = ?", name);
  if (!row.step()) return std::nullopt;
  return read_template(row);
}

std::vector<StoredTemplate> list_templates(const Connection& connection, const std::string& after, std::size_t limit) {
  std::vector<StoredTemplate> all;
  Statement rows = connection.query(select_templates + " WHERE name > ? ORDER BY name LIMIT ?", after, limit);
  while (rows.step()) all.push_back(read_template(rows));
  return all;
}

std::size_t count_templates(const Connection& connection) {
  Statement row = connection.query("SELECT count(*) FROM template");
  row.step();
  return row.next<std::size_t>();
}

StoredTemplate save_template(Transaction& transaction, StoredTemplate given) {
  auto before = find_template(transaction, given.name);
  if (before && before->says_the_same(given)) return std::move(*before);
  const Change change = change_of(given.name, before ? "changed" : "created", given.changed_by, given.changed_at);
  given.change_seq = append_history(transaction, change);
  transaction.run(
      "INSERT INTO template(name, text, description, most_segments, changed_at, changed_by, change_seq)"
      " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(name) DO UPDATE SET text = excluded.text,"
      " description = excluded.description, most_segments = excluded.most_segments, changed_at = excluded.changed_at,"
      " changed_by = excluded.changed_by, change_seq = excluded.change_seq",
      given.name, given.text, given.description, given.most_segments, given.changed_at, given.changed_by,
      given.change_seq);
  return given;
}

bool remove_template(Transaction& transaction, const std::string& name, const std::string& who, base::Time at) {
  if (transaction.run("DELETE FROM template WHERE name = ?", name) == 0) return false;
  append_history(transaction, change_of(name, "deleted", who, at));
  return true;
}

}  // namespace burstd::store

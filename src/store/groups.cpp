#include "store/groups.hpp"

#include "store/history.hpp"

namespace burstd::store {

namespace {

const std::string select_groups =
    "SELECT key, name, description, synced_at, changed_by, change_seq,"
    " (SELECT count(*) FROM group_member WHERE owner = recipient_group.key) FROM recipient_group";

Group read_group(Statement& row) {
  Group group;
  group.key = row.next<std::int64_t>();
  group.name = row.next<std::string>();
  group.description = row.next<std::string>();
  group.synced_at = row.next<base::Time>();
  group.changed_by = row.next<std::string>();
  group.change_seq = row.next<std::int64_t>();
  group.size = row.next<std::size_t>();
  return group;
}

std::int64_t remember(Transaction& transaction, const Group& group, const std::string& event, base::Time at) {
  Change change;
  change.kind = "group";
  change.event = event;
  change.at = at;
  change.detail = group.name + ": by " + group.changed_by + ", members: " + std::to_string(group.size);
  return append_history(transaction, change);
}

void put_members(Transaction& transaction, std::int64_t group, const std::vector<Member>& members) {
  transaction.run("DELETE FROM group_member WHERE owner = ?", group);
  std::int64_t place = 0;
  for (const Member& member : members) {
    transaction.run("INSERT INTO group_member(owner, place, patient, patient_name, typed) VALUES (?, ?, ?, ?, ?)",
                    group, ++place, member.patient, member.patient_name, member.typed);
  }
}

std::int64_t put_group(Transaction& transaction, const Group& group) {
  transaction.run(
      "INSERT INTO recipient_group(name, description, synced_at, changed_by, change_seq) VALUES (?, ?, ?, ?, ?)"
      " ON CONFLICT(name) DO UPDATE SET description = excluded.description, synced_at = excluded.synced_at,"
      " changed_by = excluded.changed_by, change_seq = excluded.change_seq",
      group.name, group.description, group.synced_at, group.changed_by, group.change_seq);
  return find_group(transaction, group.name)->key;
}

}  // namespace

std::optional<Group> find_group(const Connection& connection, const std::string& name) {
  Statement row = connection.query(select_groups + " WHERE name = ?", name);
  if (!row.step()) return std::nullopt;
  return read_group(row);
}

std::vector<Group> list_groups(const Connection& connection, const std::string& after, std::size_t limit) {
  std::vector<Group> all;
  Statement rows = connection.query(select_groups + " WHERE name > ? ORDER BY name LIMIT ?", after, limit);
  while (rows.step()) all.push_back(read_group(rows));
  return all;
}

std::size_t count_groups(const Connection& connection) {
  Statement row = connection.query("SELECT count(*) FROM recipient_group");
  row.step();
  return row.next<std::size_t>();
}

std::vector<Member> members_of(const Connection& connection, std::int64_t group) {
  std::vector<Member> members;
  Statement rows =
      connection.query("SELECT patient, patient_name, typed FROM group_member WHERE owner = ? ORDER BY place", group);
  while (rows.step()) {
    Member& member = members.emplace_back();
    member.patient = rows.next<std::optional<std::string>>();
    member.patient_name = rows.next<std::optional<std::string>>();
    member.typed = rows.next<std::string>();
  }
  return members;
}

Group save_group(Transaction& transaction, Group given, const std::vector<Member>& members, base::Time at) {
  const auto before = find_group(transaction, given.name);
  const bool same_members = before && members_of(transaction, before->key) == members;
  const bool synced = same_members && before->description == given.description;
  given.size = members.size();
  given.change_seq = remember(transaction, given, !before ? "created" : synced ? "synced" : "changed", at);
  given.key = put_group(transaction, given);
  if (!same_members) put_members(transaction, given.key, members);
  return given;
}

bool remove_group(Transaction& transaction, const std::string& name, const std::string& who, base::Time at) {
  auto before = find_group(transaction, name);
  if (!before) return false;
  before->changed_by = who;
  transaction.run("DELETE FROM recipient_group WHERE key = ?", before->key);
  remember(transaction, *before, "deleted", at);
  return true;
}

}  // namespace burstd::store

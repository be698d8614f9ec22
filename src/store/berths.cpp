#include "store/berths.hpp"

namespace burstd::store {

namespace {

const std::string select_berths =
    "SELECT name, ifnull(imei, ''), ifnull(iccid, ''), ifnull(imsi, ''), ifnull(sim, ''), ifnull(configured, ''),"
    " bound_at, adopted_at, ifnull(adopted_by, '') FROM berth";

Berth read_berth(Statement& row) {
  Berth berth;
  berth.name = row.next<std::string>();
  berth.imei = row.next<std::string>();
  berth.iccid = row.next<std::string>();
  berth.imsi = row.next<std::string>();
  berth.sim = row.next<std::string>();
  berth.configured = row.next<std::string>();
  berth.bound_at = row.next<base::Time>();
  berth.adopted_at = row.next<std::optional<base::Time>>();
  berth.adopted_by = row.next<std::string>();
  return berth;
}

std::int64_t count_of(Statement row) {
  row.step();
  return row.next<std::int64_t>();
}

// The SIM came when the one before it left; the first of a name came when the name was bound.
base::Time came_at(const Connection& connection, const Berth& berth) {
  Statement row = connection.query("SELECT max(until) FROM berth_sim WHERE name = ?", berth.name);
  row.step();
  return row.next<std::optional<base::Time>>().value_or(berth.bound_at);
}

void keep_former_sim(Transaction& transaction, const Berth& before, base::Time until) {
  transaction.run("INSERT INTO berth_sim(name, sim, since, until) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                  before.name, before.sim, came_at(transaction, before), until);
}

// A window is open until it is over, also while it stands still because nobody listens.
std::int64_t reports_owed(const Connection& connection, const std::string& sim) {
  return count_of(connection.query("SELECT count(*) FROM part WHERE sim = ? AND state = 'submitted'", sim)) +
         count_of(connection.query(
             "SELECT count(*) FROM part WHERE sim = ? AND state = 'uncertain' AND window_over = 0", sim));
}

std::int64_t replies_owed(const Connection& connection, const std::string& sim, base::Time now) {
  return count_of(connection.query(
      "SELECT count(*) FROM message WHERE sim = ? AND expects_reply_until > ?"
      " AND state IN ('submitted', 'delivered', 'unconfirmed', 'uncertain') AND NOT EXISTS (SELECT 1 FROM reply"
      " WHERE reply.sender = message.number AND reply.received_at >= ifnull(message.sent_at, message.created_at))",
      sim, now));
}

}  // namespace

std::optional<Berth> find_berth(const Connection& connection, const std::string& name) {
  Statement row = connection.query(select_berths + " WHERE name = ?", name);
  if (!row.step()) return std::nullopt;
  return read_berth(row);
}

std::vector<Berth> berths(const Connection& connection) {
  std::vector<Berth> all;
  Statement rows = connection.query(select_berths + " ORDER BY name");
  while (rows.step()) all.push_back(read_berth(rows));
  return all;
}

void save_berth(Transaction& transaction, const Berth& berth) {
  const auto before = find_berth(transaction, berth.name);
  const bool leaves = before && !before->sim.empty() && before->sim != berth.sim;
  if (leaves) keep_former_sim(transaction, *before, berth.bound_at);
  transaction.run(
      "INSERT INTO berth(name, imei, iccid, imsi, sim, configured, bound_at, adopted_at, adopted_by)"
      " VALUES (?, nullif(?, ''), nullif(?, ''), nullif(?, ''), nullif(?, ''), nullif(?, ''), ?, ?, nullif(?, ''))"
      " ON CONFLICT(name) DO UPDATE SET imei = excluded.imei, iccid = excluded.iccid, imsi = excluded.imsi,"
      " sim = excluded.sim, configured = excluded.configured, bound_at = excluded.bound_at,"
      " adopted_at = excluded.adopted_at, adopted_by = excluded.adopted_by",
      berth.name, berth.imei, berth.iccid, berth.imsi, berth.sim, berth.configured, berth.bound_at, berth.adopted_at,
      berth.adopted_by);
}

std::vector<Owed> owed(const Connection& connection, const std::string& name, const std::string& present_sim,
                       base::Time now) {
  std::vector<Owed> all;
  Statement rows = connection.query(
      "SELECT DISTINCT sim FROM berth_sim WHERE name = ? AND sim <> ? AND NOT EXISTS"
      " (SELECT 1 FROM berth WHERE berth.sim = berth_sim.sim) ORDER BY sim",
      name, present_sim);
  while (rows.step()) {
    Owed one;
    one.sim = rows.next<std::string>();
    one.reports = reports_owed(connection, one.sim);
    one.replies = replies_owed(connection, one.sim, now);
    if (one.reports + one.replies > 0) all.push_back(std::move(one));
  }
  return all;
}

void set_paused(Transaction& transaction, const std::string& name, base::Time at) {
  transaction.run("INSERT INTO modem_pause(name, since) VALUES (?, ?) ON CONFLICT DO NOTHING", name, at);
}

void clear_paused(Transaction& transaction, const std::string& name) {
  transaction.run("DELETE FROM modem_pause WHERE name = ?", name);
}

std::set<std::string> paused(const Connection& connection) {
  std::set<std::string> names;
  Statement rows = connection.query("SELECT name FROM modem_pause");
  while (rows.step()) names.insert(rows.next<std::string>());
  return names;
}

}  // namespace burstd::store

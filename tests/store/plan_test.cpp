// Every statement of the room, caught as it runs, is a search of an index: at a million rows none may walk
// through a table.
#include <sqlite3.h>

#include <set>

#include "store/berths.hpp"
#include "store/desk.hpp"
#include "store/evidence.hpp"
#include "store/inbox.hpp"
#include "store/pins.hpp"
#include "store/sims.hpp"

namespace burstd::store::test {
namespace {

std::set<std::string>& seen() {
  static std::set<std::string> statements;
  return statements;
}

int note(unsigned, void*, void* statement, void*) {
  seen().insert(sqlite3_sql(static_cast<sqlite3_stmt*>(statement)));
  return 0;
}

int watch(sqlite3* database, const char**, const sqlite3_api_routines*) {
  return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, note, nullptr);
}

// Registered before the record is opened.
class Watched {
 protected:
  Watched() {
    seen().clear();
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(watch));
  }
  ~Watched() { sqlite3_reset_auto_extension(); }
};

class Plans : private Watched, public Desk {
 protected:
  void use_messages() {
    auto message = a_message();
    message.client_ref = "r";
    message.segments = 2;
    const auto stored = record_message(message);
    set_state(stored.key, message::State::sending);
    save_part(transaction, part(stored.key, message::State::submitted));
    find_message(connection, stored.id);
    find_message_ref(connection, "clinic", "r");
    resent_as(connection, stored.id);
    numbers_ending(connection, "0000001");
    queued_messages(connection, 0, 10);
    begun_messages(connection, 0, 10);
    parts_on_air(connection);
    parts_past_window(connection, "8944-1", at(0), 10);
    shorten_uncertain_windows(transaction, "8944-1", at(0));
    postpone_windows(transaction, "8944-1", std::chrono::seconds{1});
    note_listened(transaction, "8944-1", at(0));
    listened_until(connection, "8944-1");
    stranded_messages(connection, at(9));
    doubtful_messages(connection, at(9));
    repeated_from(connection, part(stored.key, message::State::retrying));
    next_concat_reference(connection, stored.number);
    queue_depth(connection);
    count_by_state(connection, record.epoch() + "-B1");
    count_by_status(connection, record.epoch() + "-B1");
  }

  void use_attempts() {
    auto attempt = an_attempt(1);
    attempt.key = insert_attempt(transaction, attempt);
    finish_attempt(transaction, attempt);
    find_attempt(connection, attempt.key);
    attempts_of(connection, 1);
    unresolved_attempt(connection, "left", at(0));
    candidates(connection, "8944-1", {"+41790000001", 7, at(0), at(0)});
    const auto report = insert_report(transaction, a_report());
    orphan_reports(connection, "8944-1", 9);
    knows_report(connection, "8944-1", "00");
    adopt_report(transaction, report, attempt.key);
    reports_of(connection, 1);
  }

  void use_modems() {
    Berth berth;
    berth.name = "left";
    berth.sim = "8944-1";
    save_berth(transaction, berth);
    berth.sim = "8944-2";
    save_berth(transaction, berth);
    find_berth(connection, "left");
    owed(connection, "left", "8944-2", at(0));
    const auto pair = pin_pair(connection, "8944-1", "1234");
    pin_blocked(connection, pair);
    end_pin_attempt(transaction, begin_pin_attempt(transaction, pair, "left", at(0)), "refused", at(1));
    release_pin(transaction, pair, at(2));
    report_count(connection, "8944-1", at(0), at(9));
    latest_unresolved(connection, at(0), {});
    set_paused(transaction, "left", at(0));
    paused(connection);
    clear_paused(transaction, "left");
  }

  void use_batches() {
    const auto batch = insert_batch(transaction, a_batch(), {a_line(1)});
    find_batch(connection, batch.id);
    find_batch_ref(connection, "clinic", "b", at(0));
    save_batch(transaction, batch);
    is_cancelled(connection, batch.key);
    batch_lines(connection, batch.key, 0, 10);
    link_line(transaction, batch.key, 1, 1);
    set_line_verdict(transaction, batch.key, 1, "ok");
    batch_totals(connection, batch.key);
    list_batches(connection, std::nullopt, 10);
    list_batches(connection, 3, 10);
    find_alike(connection, Likeness{"+44", "x", "p", at(0), at(0)});
    messages_of_batch(connection, batch.key);
  }

  void use_replies() {
    Reply reply;
    reply.sender = "+41790000001";
    reply.service_centre_at = at(0);
    may_be_older_than_stop(connection, reply, 1);
    is_copy(connection, reply);
  }

  void use_history() {
    append_history(transaction, a_change(1));
    history_of(connection, 1);
    history_after(connection, 0, 10);
    verify_history(connection);
  }

  // Every combination of the conditions of a filter.
  void use_filters() {
    for (unsigned bits = 0; bits < 2048; ++bits) {
      const auto has = [&](unsigned bit) { return (bits >> bit & 1U) != 0; };
      Filter filter;
      if (has(0)) filter.patient = "p";
      if (has(1)) filter.number = "+44";
      if (has(2)) filter.batch = record.epoch() + "-B1";
      if (has(3)) filter.category = "reminder";
      if (has(4)) filter.client_ref = "r";
      if (has(5)) filter.client = "clinic";
      if (has(6)) filter.status = message::Status::pending;
      if (has(7)) filter.states = {message::State::queued, message::State::failed};
      if (has(8)) filter.from = at(0);
      if (has(9)) filter.before = 5;
      if (has(10)) filter.changed_after = 0;
      list_messages(connection, filter);
    }
  }

  std::vector<std::string> plan_of(const std::string& sql) {
    std::vector<std::string> steps;
    Statement rows = connection.query("EXPLAIN QUERY PLAN " + sql);
    while (rows.step()) {
      rows.next<std::int64_t>(), rows.next<std::int64_t>(), rows.next<std::int64_t>();
      steps.push_back(rows.next<std::string>());
    }
    return steps;
  }
};

bool walks(const std::string& step) {
  for (const char* table :
       {"message", "part", "attempt", "report", "batch", "batch_row", "history", "reply", "berth_sim", "pin_attempt"}) {
    if (step == std::string("SCAN ") + table || step.starts_with(std::string("SCAN ") + table + " ")) return true;
  }
  return false;
}

bool may_be_explained(const std::string& sql) {
  return sql.starts_with("SELECT") || sql.starts_with("UPDATE") || sql.starts_with("INSERT");
}

TEST_F(Plans, NoStatementWalksThroughATable) {
  seen().clear();
  use_messages();
  use_attempts();
  use_modems();
  use_batches();
  use_replies();
  use_history();
  use_filters();
  const auto statements = seen();
  int explained = 0;
  for (const std::string& sql : statements) {
    if (!may_be_explained(sql)) continue;
    ++explained;
    for (const std::string& step : plan_of(sql)) EXPECT_FALSE(walks(step)) << step << "\n" << sql;
  }
  EXPECT_GT(explained, 200);
}

TEST_F(Plans, AListOfOneConditionNeedsNoSorting) {
  for (int i = 0; i < 8; ++i) {
    Filter filter;
    if (i == 0) filter.patient = "p";
    if (i == 1) filter.number = "+44";
    if (i == 2) filter.batch = record.epoch() + "-B1";
    if (i == 3) filter.category = "reminder";
    if (i == 4) filter.client = "clinic";
    if (i == 5) filter.status = message::Status::pending;
    if (i == 6) filter.states = {message::State::queued, message::State::failed};
    if (i == 7) filter.changed_after = 0;
    seen().clear();
    list_messages(connection, filter);
    for (const std::string& sql : std::set(seen())) {
      for (const std::string& step : plan_of(sql)) EXPECT_EQ(step.find("TEMP B-TREE"), std::string::npos) << sql;
    }
  }
}

TEST(Walks, KnowsAWalkWhenItSeesOne) {
  EXPECT_TRUE(walks("SCAN message"));
  EXPECT_TRUE(walks("SCAN message USING COVERING INDEX message_state"));
  EXPECT_FALSE(walks("SEARCH message USING INDEX message_state (state=?)"));
}

}  // namespace
}  // namespace burstd::store::test

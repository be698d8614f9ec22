// Notes and the audit: kept for good, and held by the chain.
#include "store/notes.hpp"

#include <gmock/gmock.h>

#include "store/audit.hpp"
#include "store/desk.hpp"

namespace burstd::store::test {
namespace {

using testing::HasSubstr;

class Notes : public Desk {
 protected:
  std::int64_t leave(message::Key message, const std::string& text, const std::string& user = "anna") {
    return insert_note(transaction, Note{message, at(300), "reception", user, text, 0});
  }

  static AuditRow an_act(const std::string& subject = "front") {
    AuditRow row;
    row.at = at(400);
    row.uid = 1000;
    row.client = "it";
    row.user = "urs";
    row.route = "POST /v1/modems/{name}/pause";
    row.subject = subject;
    row.event = "paused";
    return row;
  }

  void unlock(const std::string& table) {
    connection.execute("DROP TRIGGER " + table + "_kept; DROP TRIGGER " + table + "_fixed");
  }

  // What verification finds after this, which is taken back.
  Verification after(const std::string& sql) {
    connection.execute("SAVEPOINT tampering");
    connection.execute(sql);
    const auto found = verify_history(connection);
    connection.execute("ROLLBACK TO tampering; RELEASE tampering");
    return found;
  }
};

TEST_F(Notes, StandWithTheirMessageOldestFirst) {
  const auto one = record_message(a_message(1)), other = record_message(a_message(2));
  const auto seq = leave(one.key, "phoned, nobody there");
  leave(other.key, "moved away", "bea");
  leave(one.key, "phoned, comes on Friday");
  const auto notes = notes_of(connection, one.key);
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(notes[0].text, "phoned, nobody there");
  EXPECT_EQ(notes[0].user, "anna");
  EXPECT_EQ(notes[0].client, "reception");
  EXPECT_EQ(notes[0].at, at(300));
  EXPECT_EQ(notes[0].change_seq, seq);
  EXPECT_EQ(notes[1].text, "phoned, comes on Friday");
}

TEST_F(Notes, LeaveARowOfTheHistoryThatDoesNotTellTheText) {
  const auto message = record_message(a_message());
  const auto seq = leave(message.key, "phoned her husband");
  const auto change = history_of(connection, message.key).back();
  EXPECT_EQ(change.seq, seq);
  EXPECT_EQ(change.event, "noted");
  EXPECT_EQ(change.detail, "by anna of reception");
  EXPECT_FALSE(change.to);
}

TEST_F(Notes, AreNeverRewrittenNorDeleted) {
  leave(record_message(a_message()).key, "phoned");
  append_audit(transaction, an_act());
  for (const std::string table : {"note", "audit"}) {
    EXPECT_THROW(connection.execute("DELETE FROM " + table), Failure) << table;
    EXPECT_THROW(connection.execute("REPLACE INTO " + table + " SELECT * FROM " + table), Failure) << table;
    EXPECT_THROW(connection.execute("UPDATE " + table + " SET client = 'other'"), Failure) << table;
  }
}

TEST_F(Notes, AChangedOrMissingOneIsFoundAndItsTextNotTold) {
  const auto message = record_message(a_message());
  const auto seq = leave(message.key, "phoned");
  EXPECT_FALSE(verify_history(connection).first_bad);
  unlock("note");
  for (const char* sql : {"UPDATE note SET text = 'secret'", "UPDATE note SET user = 'bea'", "DELETE FROM note",
                          "UPDATE note SET salt = randomblob(32)", "UPDATE note SET change_seq = 77"}) {
    const auto found = after(sql);
    EXPECT_EQ(found.first_bad, seq) << sql;
    EXPECT_THAT(found.sentence, HasSubstr("note on message 1"));
    EXPECT_EQ(found.sentence.find("secret"), std::string::npos);
  }
}

TEST_F(Notes, OneThatWasSlippedInIsFound) {
  record_message(a_message());
  EXPECT_TRUE(after("INSERT INTO note(message, at, client, user, text, salt, change_seq)"
                    " VALUES (1, 1, 'c', 'u', 'phoned', x'00', 1)")
                  .first_bad)
      << "the row of the message itself is none of a note";
  EXPECT_EQ(
      after("INSERT INTO audit(at, client, route, event, times, change_seq) VALUES (1, 'c', 'r', 'e', 1, 9)").first_bad,
      9);
}

TEST_F(Notes, TheAuditIsListedNewestFirstInPages) {
  for (const char* name : {"a", "b", "c"}) append_audit(transaction, an_act(name));
  const auto first = list_audit(connection, std::nullopt, 2);
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].subject, "c");
  EXPECT_EQ(first[0].uid, 1000);
  EXPECT_EQ(first[0].user, "urs");
  EXPECT_EQ(first[0].times, 1);
  const auto second = list_audit(connection, first[1].key, 2);
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second[0].subject, "a");
  EXPECT_TRUE(has_audit_row(connection, first[1].key));
  EXPECT_FALSE(has_audit_row(connection, 99));
}

TEST_F(Notes, EveryColumnOfTheAuditIsHeld) {
  record_message(a_message());
  const auto seq = append_audit(transaction, an_act()).change_seq;
  EXPECT_FALSE(verify_history(connection).first_bad);
  unlock("audit");
  Statement columns = connection.query("SELECT name, type FROM pragma_table_info('audit')");
  int count = 0;
  for (; columns.step(); ++count) {
    const auto name = columns.next<std::string>();
    const std::string other = columns.next<std::string>() == "INTEGER" ? " = coalesce(" + name + ", 0) + 1"
                                                                       : " = coalesce(" + name + ", '') || 'x'";
    EXPECT_EQ(after("UPDATE audit SET " + name + other).first_bad, seq) << name;
  }
  EXPECT_EQ(count, 11);
  EXPECT_THAT(after("DELETE FROM audit").sentence, HasSubstr("audit"));
}

}  // namespace
}  // namespace burstd::store::test

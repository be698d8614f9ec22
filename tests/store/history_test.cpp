#include "store/history.hpp"
#include "store/refold.hpp"

#include "store/desk.hpp"

namespace burstd::store::test {
namespace {

class History : public Desk {
 protected:
  // Takes the triggers away, as one would who can write the file.
  void unlock() {
    connection.execute(
        "DROP TRIGGER history_fixed; DROP TRIGGER history_kept; DROP TRIGGER message_fixed;"
        "DROP TRIGGER message_text_kept");
  }

  // Five messages with two rows each, the second after all the firsts.
  void fill() {
    for (int i = 1; i <= 5; ++i) record_message(a_message(i));
    for (int i = 1; i <= 5; ++i) {
      auto change = a_change(i, "report-delivered");
      change.part = 1;
      change.from = "submitted";
      change.to = "delivered";
      change.detail = "0";
      auto progress = find_message(connection, message::Key{i})->progress;
      progress.change_seq = append_history(transaction, change);
      save_progress(transaction, i, progress);
    }
  }

  // What verify finds after this, which is then taken back.
  Verification after(const std::string& tampering) {
    connection.execute("SAVEPOINT tampering");
    connection.execute(tampering);
    const auto found = verify_history(connection);
    connection.execute("ROLLBACK TO tampering");
    connection.execute("RELEASE tampering");
    return found;
  }

  std::vector<std::pair<std::string, std::string>> columns() {
    std::vector<std::pair<std::string, std::string>> found;
    Statement rows = connection.query("SELECT name, type FROM pragma_table_info('history')");
    while (rows.step()) {
      auto name = rows.next<std::string>();
      found.emplace_back(std::move(name), rows.next<std::string>());
    }
    return found;
  }
};
class Permanence : public Desk {};

TEST_F(History, RowsComeBackInOrderUnderRisingNumbers) {
  fill();
  auto change = a_change(2, "cancelled");
  change.message.reset();
  change.batch = insert_batch(transaction, a_batch(), {}).key;
  change.kind = "batch";
  change.to.reset();
  EXPECT_EQ(append_history(transaction, change), 11);
  EXPECT_EQ(last_seq(connection), 11);
  const auto of_two = history_of(connection, 2);
  ASSERT_EQ(of_two.size(), 2U);
  EXPECT_EQ(of_two[0].seq, 2);
  EXPECT_EQ(of_two[1].seq, 7);
  EXPECT_EQ(of_two[1].at, at(2));
  EXPECT_EQ(of_two[1].kind, "item");
  EXPECT_EQ(of_two[1].part, 1);
  EXPECT_EQ(of_two[1].event, "report-delivered");
  EXPECT_EQ(of_two[1].from, "submitted");
  EXPECT_EQ(of_two[1].to, "delivered");
  EXPECT_EQ(of_two[1].detail, "0");
  const auto rest = history_after(connection, 9, 10);
  ASSERT_EQ(rest.size(), 2U);
  EXPECT_EQ(rest[1].batch, change.batch);
  EXPECT_FALSE(rest[1].message || rest[1].to);
  EXPECT_EQ(history_after(connection, 0, 3).size(), 3U);
}

TEST_F(History, AnEmptyAndAFilledOneAreWhole) {
  EXPECT_EQ(verify_history(connection).rows, 0);
  EXPECT_FALSE(verify_history(connection).first_bad);
  fill();
  const auto found = verify_history(connection);
  EXPECT_EQ(found.rows, 10);
  EXPECT_FALSE(found.first_bad) << found.sentence;
  EXPECT_NE(found.sentence.find("whole"), std::string::npos);
}

TEST_F(History, ARowTakenBackLeavesTheChainWhole) {
  fill();
  connection.execute("SAVEPOINT unit");
  append_history(transaction, a_change(1, "lost"));
  connection.execute("ROLLBACK TO unit; RELEASE unit");
  EXPECT_EQ(append_history(transaction, a_change(1, "expired")), 11);
  EXPECT_FALSE(verify_history(connection).first_bad);
}

TEST_F(History, AChangeOfAnyColumnOfAnyRowIsFound) {
  fill();
  unlock();
  connection.execute("PRAGMA defer_foreign_keys = ON");
  const auto all = columns();
  ASSERT_EQ(all.size(), 12U);
  for (const auto& [name, type] : all) {
    for (int seq = 1; seq <= 10; ++seq) {
      const std::string changed = type == "INTEGER" ? "coalesce(" + name + ", 0) + 1000"
                                  : type == "TEXT"  ? "coalesce(" + name + ", '') || 'x'"
                                                    : "randomblob(32)";
      const auto found = after("UPDATE history SET " + name + " = " + changed + " WHERE seq = " + std::to_string(seq));
      EXPECT_TRUE(found.first_bad) << name << " of row " << seq;
      EXPECT_TRUE(name == "seq" || found.first_bad == seq) << name << " of row " << seq;
    }
  }
}

TEST_F(History, NothingAndAnEmptyWordAreNotTheSame) {
  fill();
  unlock();
  EXPECT_EQ(after("UPDATE history SET detail = '' WHERE seq = 3").first_bad, 3);
  EXPECT_EQ(after("UPDATE history SET from_state = NULL WHERE seq = 8").first_bad, 8);
  EXPECT_EQ(after("UPDATE history SET commitment = NULL WHERE seq = 1").first_bad, 1);
}

TEST_F(History, ARowThatIsGoneIsFoundAlsoTheLast) {
  fill();
  unlock();
  for (int seq = 1; seq <= 10; ++seq) {
    EXPECT_TRUE(after("DELETE FROM history WHERE seq = " + std::to_string(seq)).first_bad) << seq;
  }
  EXPECT_TRUE(after("DELETE FROM history WHERE seq > 7").first_bad);
  EXPECT_TRUE(after("DELETE FROM history").first_bad);
}

TEST_F(History, ARowPutInOrSwappedIsFound) {
  fill();
  unlock();
  EXPECT_EQ(after("INSERT INTO history SELECT 11, at, kind, message, batch, part, event, from_state, to_state, detail,"
                  " commitment, seal FROM history WHERE seq = 10")
                .first_bad,
            11);
  EXPECT_TRUE(
      after("UPDATE history SET seq = seq + 100 WHERE seq IN (6, 7); UPDATE history SET seq = 7 WHERE seq = 106;"
            "UPDATE history SET seq = 6 WHERE seq = 107")
          .first_bad);
}

TEST_F(History, AChangedTextOrNumberIsFoundAndNamesTheMessage) {
  fill();
  unlock();
  const auto text = after("UPDATE message SET text = 'Come at 10' WHERE key = 3");
  EXPECT_EQ(text.first_bad, 3);
  EXPECT_NE(text.sentence.find("message 3"), std::string::npos) << text.sentence;
  EXPECT_EQ(text.sentence.find("Come at 10"), std::string::npos);
  EXPECT_EQ(after("UPDATE message SET number = '+447700900999' WHERE key = 4").first_bad, 4);
  EXPECT_EQ(after("UPDATE message SET salt = randomblob(32) WHERE key = 5").first_bad, 5);
}

TEST_F(History, AMessageWithoutHistoryIsFound) {
  fill();
  const auto slipped_in = insert_message(transaction, a_message(9), a_progress(), "slipped in").key;
  ASSERT_TRUE(refold(connection, slipped_in));
  EXPECT_EQ(refold(connection, slipped_in)->what, "Message 6 has no history");
}

TEST_F(History, AnotherKeyFitsNoRow) {
  fill();
  connection.execute("DROP TRIGGER meta_fixed; UPDATE meta SET seal_key = randomblob(32)");
  EXPECT_EQ(verify_history(connection).first_bad, 1);
}

TEST_F(History, ALongOneIsWalkedOverPages) {
  record_message(a_message());
  for (int i = 0; i < 2500; ++i) append_history(transaction, a_change(1, "noted"));
  EXPECT_EQ(verify_history(connection).rows, 2501);
  unlock();
  EXPECT_EQ(after("UPDATE history SET event = 'other' WHERE seq = 2222").first_bad, 2222);
}

TEST_F(Permanence, HistoryIsNeverRewrittenNorDeleted) {
  record_message(a_message());
  for (const char* sql : {"UPDATE history SET detail = 'x'", "UPDATE history SET seq = 9", "DELETE FROM history",
                          "REPLACE INTO history SELECT * FROM history"}) {
    EXPECT_THROW(connection.execute(sql), Failure) << sql;
  }
  EXPECT_FALSE(verify_history(connection).first_bad);
}

TEST_F(Permanence, NoRowOfARecordIsEverDeleted) {
  const auto batch = insert_batch(transaction, a_batch(), {a_line(1)});
  const auto message = record_message(a_message());
  insert_attempt(transaction, an_attempt(message.key));
  insert_report(transaction, a_report());
  for (const std::string table : {"meta", "message", "part", "attempt", "report", "batch", "batch_row", "history"}) {
    EXPECT_THROW(connection.execute("DELETE FROM " + table), Failure) << table;
    EXPECT_THROW(connection.execute("REPLACE INTO " + table + " SELECT * FROM " + table), Failure) << table;
  }
  EXPECT_EQ(batch_totals(connection, batch.key).rows, 1);
}

TEST_F(Permanence, WhatARowWasAcceptedWithNeverChanges) {
  insert_batch(transaction, a_batch(), {a_line(1)});
  const auto message = record_message(a_message());
  insert_attempt(transaction, an_attempt(message.key));
  insert_report(transaction, a_report());
  const std::vector<std::pair<std::string, std::string>> may_change{
      {"message",
       " state status window_over error_code error sent_at delivered_at confirmation next_attempt_at sim"
       " concat_reference updated_at change_seq "},
      {"part",
       " state reported tries sim error_code error last_status sent_at delivered_at next_attempt_at window_ends_at"
       " window_over "},
      {"attempt", " ended_at reference result failure charged "},
      {"report", " attempt "},
      {"batch", " state selection "},
      {"batch_row", " verdict message "},
      {"meta", " epoch backup_at "}};
  for (const auto& [table, free] : may_change) {
    Statement rows = connection.query("SELECT name FROM pragma_table_info(?)", table);
    while (rows.step()) {
      const auto column = rows.next<std::string>();
      const std::string sql = "UPDATE " + table + " SET " + column + " = " + column;
      if (free.find(" " + column + " ") == std::string::npos) {
        EXPECT_THROW(connection.execute(sql), Failure) << sql;
      } else {
        EXPECT_NO_THROW(connection.execute(sql)) << sql;
      }
    }
  }
}

}  // namespace
}  // namespace burstd::store::test

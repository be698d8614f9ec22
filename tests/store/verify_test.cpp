#include "store/verify.hpp"

#include "message/fold.hpp"
#include "store/desk.hpp"

namespace burstd::store::test {
namespace {

class Refolding : public Desk {
 protected:
  message::Message a_long_message(int segments) {
    auto message = a_message();
    message.segments = segments;
    return record_message(message);
  }

  // As the ledger does it.
  void happens(message::Key key, message::Event event, int number = 1) {
    auto progress = find_message(connection, key)->progress;
    auto all = parts_of(connection, key);
    message::Part& part = all.at(static_cast<std::size_t>(number) - 1);
    Change change;
    change.at = at(key);
    change.kind = "item";
    change.message = key;
    change.part = number;
    change.event = message::to_string(event);
    change.from = message::to_string(part.standing.state);
    part.standing = message::next(part.standing, event).value();
    change.to = message::to_string(part.standing.state);
    if (event == message::Event::accepted) part.sent_at = at(key);
    if (event == message::Event::report_delivered) part.delivered_at = at(key + 1);
    save_part(transaction, part);
    progress.change_seq = append_history(transaction, change);
    save_progress(transaction, key, message::fold(progress, all, {}));
  }

  message::Key delivered() {
    const auto key = record_message(a_message()).key;
    for (const auto event : {message::Event::dispatched, message::Event::accepted, message::Event::report_delivered}) {
      happens(key, event);
    }
    return key;
  }

  Verification found() {
    return verify_record(connection, [] { return true; }).value();
  }

  Verification after(const std::string& tampering) {
    connection.execute("SAVEPOINT tampering");
    connection.execute(tampering);
    auto verification = found();
    connection.execute("ROLLBACK TO tampering; RELEASE tampering");
    return verification;
  }
};

TEST_F(Refolding, ARecordThatIsWholeSaysSoWithItsHead) {
  delivered();
  const auto verification = found();
  EXPECT_TRUE(verification.whole) << verification.sentence;
  EXPECT_EQ(verification.rows, 4);
  EXPECT_EQ(verification.messages, 1);
  EXPECT_EQ(verification.newest.seq, 4);
  EXPECT_TRUE(seal::equal(verification.newest.seal, newest_change(connection).seal));
  EXPECT_FALSE(verification.broken);
}

TEST_F(Refolding, AnEmptyRecordIsWhole) { EXPECT_TRUE(found().whole); }

TEST_F(Refolding, AMessageOfSeveralPartsIsFoldedFromAllOfThem) {
  const auto key = a_long_message(3).key;
  for (const int part : {1, 2}) {
    happens(key, message::Event::dispatched, part);
    happens(key, message::Event::accepted, part);
  }
  happens(key, message::Event::dispatched, 3);
  happens(key, message::Event::lost, 3);
  EXPECT_TRUE(found().whole) << found().sentence;
  const auto fewer = after("DROP TRIGGER part_kept; DELETE FROM part WHERE number = 3");
  ASSERT_TRUE(fewer.broken);
  EXPECT_EQ(fewer.broken->table, "part");
  EXPECT_EQ(fewer.broken->id, key);
}

TEST_F(Refolding, AStateThatItsHistoryDoesNotMakeIsNamed) {
  const auto key = delivered();
  const auto part = after("UPDATE part SET state = 'failed'");
  ASSERT_TRUE(part.broken);
  EXPECT_FALSE(part.whole);
  EXPECT_FALSE(part.first_bad) << "the chain itself is whole";
  EXPECT_EQ(part.broken->table, "part");
  EXPECT_EQ(part.broken->id, key);
  EXPECT_NE(part.sentence.find("its history makes it delivered"), std::string::npos) << part.sentence;
  EXPECT_TRUE(after("UPDATE part SET reported = 0").broken);
}

TEST_F(Refolding, AMessageThatItsPartsDoNotMakeIsNamed) {
  const auto key = delivered();
  for (const char* tampering :
       {"state = 'failed'", "status = 'Send Failed'", "error = 'Phone not reached'", "delivered_at = NULL",
        "sent_at = sent_at + 1", "confirmation = 'person'", "window_over = 1"}) {
    const auto verification = after(std::string("UPDATE message SET ") + tampering);
    ASSERT_TRUE(verification.broken) << tampering;
    EXPECT_EQ(verification.broken->table, "message");
    EXPECT_EQ(verification.broken->id, key);
  }
}

TEST_F(Refolding, AnOlderChangeNumberIsFound) {
  delivered();
  const auto verification = after("UPDATE message SET change_seq = 2");
  ASSERT_TRUE(verification.broken);
  EXPECT_EQ(verification.broken->table, "message");
}

TEST_F(Refolding, WhatTheAdministratorHadSetAboutStatusesIsNotHeldAgainstTheRecord) {
  const auto key = record_message(a_message()).key;
  happens(key, message::Event::dispatched);
  happens(key, message::Event::accepted);
  const auto parts = parts_of(connection, key);
  const auto progress = find_message(connection, key)->progress;
  save_progress(transaction, key, message::fold(progress, parts, {true, false}));
  EXPECT_TRUE(found().whole) << found().sentence;
}

TEST_F(Refolding, AChangeThatTheRulesDoNotHaveIsFoundAlsoWhereItIsSealed) {
  const auto key = delivered();
  auto change = a_change(key, "cancelled");
  change.part = 1;
  change.from = "delivered";
  change.to = "cancelled";
  const auto seq = append_history(transaction, change);
  const auto verification = found();
  ASSERT_TRUE(verification.broken);
  EXPECT_EQ(verification.broken->table, "history");
  EXPECT_EQ(verification.broken->id, seq);
}

TEST_F(Refolding, ItEndsBetweenTwoPagesWhenItIsToldTo) {
  delivered();
  EXPECT_FALSE(verify_record(connection, [] { return false; }));
}

TEST_F(Refolding, ItIsReadInSnapshotsOfItsOwnBesideAWriter) {
  for (int i = 0; i < 1200; ++i) record_message(a_message(i));
  connection.execute("COMMIT");
  const Connection reading(folder.file(), Connection::Mode::read);
  int pages = 0;
  const auto verification = verify_record(reading, [&] {
    EXPECT_FALSE(reading.in_transaction()) << "between pages nothing of the log is held";
    ++pages;
    return true;
  });
  EXPECT_TRUE(verification->whole) << verification->sentence;
  EXPECT_EQ(verification->messages, 1200);
  EXPECT_GT(pages, 6);
  connection.execute("BEGIN IMMEDIATE");
}

}  // namespace
}  // namespace burstd::store::test

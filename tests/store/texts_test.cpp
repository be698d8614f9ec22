#include "store/texts.hpp"

#include <fstream>
#include <iterator>

#include "store/desk.hpp"
#include "store/inbox.hpp"

namespace burstd::store::test {
namespace {

const GoesOn goes_on = [] { return true; };

class Texts : public Desk {
 protected:
  static constexpr const char* secret = "Your appointment is at";

  message::Key over(int number, base::Time changed, message::State state = message::State::failed) {
    auto progress = a_progress(state);
    progress.updated_at = changed;
    return record_message(a_message(number), progress).key;
  }

  std::vector<message::Key> old(base::Time before) { return old_texts(connection, before, 0).messages; }

  std::string column(const std::string& sql) {
    Statement row = connection.query(sql);
    return row.step() ? row.next<std::optional<std::string>>().value_or("NULL") : "no row";
  }

  std::int64_t a_reply(const std::string& text, bool acknowledged) {
    Inbound inbound;
    inbound.modem = "left";
    inbound.sim = "8944-1";
    inbound.pdu = "07AB" + text;
    inbound.received_at = at(5);
    inbound.sender = "+447700900111";
    inbound.total = inbound.part = 1;
    inbound = insert_inbound(transaction, inbound);
    Reply reply;
    reply.sender = inbound.sender;
    reply.text = text;
    reply.modem = inbound.modem;
    reply.sim = inbound.sim;
    reply.received_at = at(5);
    reply = save_reply(transaction, reply, inbound.bundle, at(5));
    if (acknowledged) acknowledge(transaction, reply, {at(6), "anna", "anna of reception"});
    return reply.key;
  }
};

TEST_F(Texts, OnlyWhatIsOverAndOldIsChosen) {
  const auto failed = over(1, at(10)), recent = over(2, at(30));
  over(3, at(10), message::State::queued);
  over(4, at(10), message::State::submitted);
  const auto doubtful = over(5, at(10), message::State::uncertain);
  EXPECT_EQ(old(at(20)), std::vector{failed});
  EXPECT_EQ(old(at(31)), (std::vector{failed, recent}));
  auto progress = find_message(connection, doubtful)->progress;
  progress.window_over = true;
  save_progress(transaction, doubtful, progress);
  EXPECT_EQ(old(at(20)), (std::vector{failed, doubtful}));
}

TEST_F(Texts, TheTextGoesAndAllElseStays) {
  const auto key = over(1, at(10));
  const auto before = find_message(connection, key)->message;
  remove_text(transaction, key, at(99));
  const auto stored = *find_message(connection, key);
  EXPECT_EQ(stored.message.text, "");
  EXPECT_EQ(stored.message.removed_at, at(99));
  EXPECT_EQ(stored.message.number, before.number);
  EXPECT_EQ(stored.message.id, before.id);
  EXPECT_EQ(stored.progress.state, message::State::failed);
  EXPECT_EQ(stored.progress.change_seq, last_seq(connection)) << "whoever follows the changes sees it";
  EXPECT_EQ(column("SELECT digest FROM message"), "") << "a digest of a text can be guessed";
  EXPECT_EQ(history_of(connection, key).back().event, "text-removed");
  EXPECT_TRUE(old(at(999)).empty());
  const auto rows = last_seq(connection);
  remove_text(transaction, key, at(100));
  EXPECT_EQ(last_seq(connection), rows) << "once";
}

TEST_F(Texts, TheChainStaysWholeAndStillHoldsTheNumber) {
  const auto key = over(1, at(10), message::State::queued);
  over(2, at(10), message::State::queued);
  remove_text(transaction, key, at(99));
  EXPECT_TRUE(verify_record(connection, goes_on)->whole) << verify_record(connection, goes_on)->sentence;
  connection.execute("DROP TRIGGER message_fixed; UPDATE message SET number = '+447700900999' WHERE key = 1");
  const auto verification = verify_record(connection, goes_on);
  ASSERT_TRUE(verification->broken);
  EXPECT_EQ(verification->broken->table, "message");
  EXPECT_EQ(verification->broken->id, key);
}

TEST_F(Texts, ATextThatIsTakenAwayByHandIsFound) {
  const auto key = over(1, at(10), message::State::queued);
  connection.execute("UPDATE message SET text = '', digest = '', salt = x'', message_removed_at = 1 WHERE key = 1");
  const auto verification = verify_record(connection, goes_on);
  ASSERT_TRUE(verification->broken) << "no row of the chain says so";
  EXPECT_EQ(verification->broken->id, key);
}

TEST_F(Texts, NoTextIsChangedOrComesBack) {
  const auto key = over(1, at(10));
  for (const char* sql :
       {"UPDATE message SET text = 'x'", "UPDATE message SET text = ''", "UPDATE message SET salt = x''",
        "UPDATE message SET text = 'x', digest = '', message_removed_at = 1"}) {
    EXPECT_THROW(connection.execute(sql), Failure) << sql;
  }
  remove_text(transaction, key, at(99));
  EXPECT_THROW(connection.execute("UPDATE message SET text = 'x', message_removed_at = 2"), Failure);
  EXPECT_THROW(connection.execute("UPDATE message SET message_removed_at = NULL"), Failure);
}

TEST_F(Texts, OfRepliesOnlyThoseThatSomebodyHasSeen) {
  const auto seen = a_reply("I cannot come", true);
  a_reply("And nobody has read this", false);
  EXPECT_EQ(old_replies(connection, at(100), 9), std::vector{seen});
  EXPECT_TRUE(old_replies(connection, at(6), 9).empty());
  remove_reply_text(transaction, seen, at(99));
  EXPECT_EQ(find_reply(connection, seen)->text, "");
  EXPECT_EQ(find_reply(connection, seen)->change_seq, last_seq(connection));
  EXPECT_EQ(column("SELECT group_concat(pdu) FROM inbound"), ",07ABAnd nobody has read this");
  EXPECT_TRUE(verify_record(connection, goes_on)->whole);
  EXPECT_THROW(connection.execute("UPDATE reply SET text = 'x' WHERE key = 1"), Failure);
}

// As a network does that sends a part once more, under another time.
TEST_F(Texts, APartThatCameTwiceGoesWithTheOthers) {
  const auto seen = a_reply("I cannot come", true);
  Inbound again = bundle_of(connection, 1).front();
  again.pdu = "07AC";
  insert_inbound(transaction, again);
  remove_reply_text(transaction, seen, at(99));
  EXPECT_EQ(column("SELECT group_concat(pdu) FROM inbound"), ",");
}

TEST_F(Texts, OfBurstsWhenNoMessageHasItsTextAnyMore) {
  auto line = a_line(1);
  line.text = "Hello Mrs Miller";
  const auto batch = insert_batch(transaction, a_batch(), {line});
  EXPECT_TRUE(old_batches(connection, at(3600), 9).empty()) << "the preview has not expired";
  EXPECT_EQ(old_batches(connection, at(3601), 9), std::vector{batch.key});
  auto message = a_message();
  message.batch = batch.key;
  const auto key = record_message(message, a_progress(message::State::failed)).key;
  EXPECT_TRUE(old_batches(connection, at(9999), 9).empty());
  remove_text(transaction, key, at(99));
  ASSERT_EQ(old_batches(connection, at(9999), 9), std::vector{batch.key});
  remove_batch_texts(transaction, batch.key, at(99));
  EXPECT_EQ(column("SELECT text FROM batch_row"), "");
  EXPECT_EQ(column("SELECT digest FROM batch"), "");
  EXPECT_TRUE(old_batches(connection, at(9999), 9).empty());
}

TEST_F(Texts, NothingOfThemIsLeftInTheFileNorInItsLog) {
  for (int i = 1; i <= 50; ++i) over(i, at(10));
  connection.execute("COMMIT");
  const auto holds = [&](const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string octets{std::istreambuf_iterator<char>(file), {}};
    return octets.find(secret) != std::string::npos;
  };
  const std::filesystem::path log = folder.file().string() + "-wal";
  EXPECT_TRUE(holds(folder.file()) || holds(log));
  connection.execute("BEGIN IMMEDIATE");
  for (const auto key : old(at(999))) remove_text(transaction, key, at(99));
  connection.execute("COMMIT");
  EXPECT_TRUE(connection.cut_log());
  EXPECT_FALSE(holds(folder.file()));
  EXPECT_FALSE(holds(log));
  connection.execute("BEGIN IMMEDIATE");
}

}  // namespace
}  // namespace burstd::store::test

#include "store/restoration.hpp"

#include <sys/stat.h>

#include <fstream>

#include "store/desk.hpp"
#include "store/unusable.hpp"

namespace burstd::store::test {
namespace {

class Reopening : public ::testing::Test {
 protected:
  // Records so many messages and closes the record.
  static void record(const Options& options, int messages) {
    const RecordFile file(options);
    Transaction transaction(file.connection());
    file.connection().execute("BEGIN IMMEDIATE");
    std::int64_t last = 0;
    for (int i = 1; i <= messages; ++i) {
      auto progress = a_progress();
      progress.change_seq = last_seq(transaction) + 1;
      const auto stored = insert_message(transaction, a_message(i), progress, "d");
      last = append_history(transaction, a_change(stored.key));
    }
    file.connection().execute("COMMIT");
    file.note_head(last);
  }

  struct Seen {
    std::string epoch;
    std::int64_t last = 0;
    std::optional<Restoration> standing;
    bool whole = false;
  };

  static Seen look(const Options& options) {
    const RecordFile file(options);
    const Connection& connection = file.connection();
    return {file.epoch(), last_seq(connection), standing_restoration(connection),
            verify_record(connection, [] { return true; })->whole};
  }

  static std::string refusal(const Options& options) {
    try {
      const RecordFile opened(options);
    } catch (const Unusable& failure) {
      return failure.what();
    }
    return "opened";
  }

  std::filesystem::path beside(const char* name) const { return folder.path() / name; }
  void copy(const char* from, const char* to) const {
    std::filesystem::copy_file(beside(from), beside(to), std::filesystem::copy_options::overwrite_existing);
  }

  Folder folder;
};

TEST_F(Reopening, TheRecordThatWasThereGoesOn) {
  record(folder.options(), 3);
  const auto first = look(folder.options());
  record(folder.options(), 2);
  const auto again = look(folder.options());
  EXPECT_EQ(first.epoch, again.epoch);
  EXPECT_EQ(again.last, 5);
  EXPECT_FALSE(again.standing);
}

TEST_F(Reopening, AnOlderFileThatWasCopiedBackIsHeldUnderANewEpoch) {
  record(folder.options(), 2);
  const auto before = look(folder.options());
  copy("burstd.db", "older");
  record(folder.options(), 3);
  copy("older", "burstd.db");
  const auto after = look(folder.options());
  EXPECT_NE(after.epoch, before.epoch);
  ASSERT_TRUE(after.standing);
  EXPECT_EQ(after.standing->cause, "behind");
  EXPECT_EQ(after.standing->seq_before, 2);
  EXPECT_EQ(after.standing->last_message, 2);
  EXPECT_TRUE(after.whole) << "the chain goes on over the gap";
  EXPECT_GT(after.last, 1'000'000'000);
  const auto again = look(folder.options());
  EXPECT_EQ(again.epoch, after.epoch) << "only once";
  EXPECT_EQ(again.last, after.last);
  EXPECT_TRUE(again.standing);
}

TEST_F(Reopening, BeginsNeverBeforeWhatIsInIt) {
  record(folder.options(), 2);
  std::filesystem::remove(beside("burstd.head"));
  const base::Time late = at(0) + std::chrono::hours{24 * 365 * 40};
  {
    Connection connection(beside("burstd.db"), Connection::Mode::write);
    connection.execute("DROP TRIGGER history_fixed");
    connection.query("UPDATE history SET at = ? WHERE seq = 2", late).step();
  }
  const auto seen = look(folder.options());
  ASSERT_TRUE(seen.standing);
  EXPECT_EQ(seen.standing->at, late) << "by a machine's clock that is behind";
}

TEST_F(Reopening, NumbersOfAnEarlierEpochAreNoPositions) {
  record(folder.options(), 2);
  copy("burstd.db", "older");
  record(folder.options(), 3);
  copy("older", "burstd.db");
  const RecordFile file(folder.options());
  const auto begin = last_seq(file.connection());
  EXPECT_TRUE(is_position(file.connection(), 0));
  EXPECT_TRUE(is_position(file.connection(), begin));
  for (const std::int64_t seq : {std::int64_t{1}, std::int64_t{2}, std::int64_t{5}, begin - 1, begin + 1}) {
    EXPECT_FALSE(is_position(file.connection(), seq)) << seq;
  }
}

TEST_F(Reopening, InTheFirstEpochEveryNumberThatWasGivenIsAPosition) {
  record(folder.options(), 2);
  const RecordFile file(folder.options());
  for (const std::int64_t seq : {0, 1, 2}) EXPECT_TRUE(is_position(file.connection(), seq)) << seq;
  EXPECT_FALSE(is_position(file.connection(), 3));
}

TEST_F(Reopening, ARecordWithoutItsHeadIsHeldForItMayBeACopy) {
  record(folder.options(), 2);
  std::filesystem::remove(beside("burstd.head"));
  EXPECT_TRUE(look(folder.options()).standing);
}

TEST_F(Reopening, AnEmptyRecordWithoutItsHeadIsNotHeld) {
  record(folder.options(), 0);
  std::filesystem::remove(beside("burstd.head"));
  EXPECT_FALSE(look(folder.options()).standing);
}

TEST_F(Reopening, TheFileOfAnotherRecordIsHeld) {
  record(folder.options(), 2);
  const Folder other;
  record(other.options(), 9);
  std::filesystem::copy_file(other.file(), folder.file(), std::filesystem::copy_options::overwrite_existing);
  const auto seen = look(folder.options());
  ASSERT_TRUE(seen.standing);
  EXPECT_EQ(seen.standing->cause, "foreign");
}

TEST_F(Reopening, AMarkIsTakenAwayAndNamedInWords) {
  record(folder.options(), 1);
  {
    const Connection connection(folder.file(), Connection::Mode::write);
    connection.query("UPDATE meta SET backup_at = ? WHERE id = 1", at(7)).step();
  }
  const auto seen = look(folder.options());
  ASSERT_TRUE(seen.standing);
  EXPECT_EQ(seen.standing->cause, "backup");
  EXPECT_EQ(seen.standing->backup_at, at(7));
  EXPECT_NE(words_of(*seen.standing).find(base::to_rfc3339(at(7))), std::string::npos);
  EXPECT_EQ(look(folder.options()).epoch, seen.epoch);
}

TEST_F(Reopening, OnceReleasedItIsNotHeldAgainAndWhoDidItStays) {
  record(folder.options(), 1);
  std::filesystem::remove(beside("burstd.head"));
  {
    const RecordFile file(folder.options());
    Transaction transaction(file.connection());
    file.connection().execute("BEGIN IMMEDIATE");
    file.note_head(release(transaction, *standing_restoration(transaction), {"anna", "the old box is off", at(9)}));
    file.connection().execute("COMMIT");
    EXPECT_FALSE(standing_restoration(file.connection()));
    EXPECT_EQ(last_restoration(file.connection())->released_at, at(9));
    EXPECT_THROW(file.connection().execute("UPDATE restoration SET released_by = 'b'"), Failure);
    EXPECT_THROW(file.connection().execute("DELETE FROM restoration"), Failure);
    EXPECT_EQ(history_after(file.connection(), 0, 99).back().detail, "by anna");
  }
  const auto seen = look(folder.options());
  EXPECT_FALSE(seen.standing);
  EXPECT_TRUE(seen.whole);
}

TEST_F(Reopening, AGapInTheNumbersThatNoRestorationMadeIsFound) {
  record(folder.options(), 1);
  std::filesystem::remove(beside("burstd.head"));
  const RecordFile file(folder.options());
  const Connection& connection = file.connection();
  EXPECT_TRUE(verify_history(connection).whole);
  connection.execute("DROP TRIGGER history_kept; DELETE FROM history WHERE seq = 1");
  EXPECT_FALSE(verify_history(connection).whole) << "the row says, sealed, what it followed";
}

TEST_F(Reopening, ARecordThatIsGoneIsNotBegunAnew) {
  record(folder.options(), 4);
  std::filesystem::remove(folder.file());
  const std::string said = refusal(folder.options());
  EXPECT_NE(said.find("is missing or empty"), std::string::npos) << said;
  EXPECT_NE(said.find("burstctl restore"), std::string::npos) << said;
  EXPECT_FALSE(std::filesystem::exists(folder.file()));
  std::filesystem::remove(beside("burstd.head"));
  EXPECT_EQ(refusal(folder.options()), "opened");
}

TEST_F(Reopening, AfterDamageWasSeenAllPagesAreLookedAtAndABadOneKeepsItFromStarting) {
  record(folder.options(), 200);
  suspect_damage(folder.file());
  EXPECT_EQ(refusal(folder.options()), "opened") << "it was not the file";
  EXPECT_FALSE(std::filesystem::exists(beside("burstd.suspect")));
  const auto size = std::filesystem::file_size(folder.file());
  std::fstream file(folder.file(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(size / 2 / 4096 * 4096));
  file << std::string(4096, '\x55');
  file.close();
  suspect_damage(folder.file());
  const std::string said = refusal(folder.options());
  EXPECT_NE(said.find("damaged"), std::string::npos) << said;
  EXPECT_NE(said.find("burstctl restore"), std::string::npos) << said;
  EXPECT_TRUE(std::filesystem::exists(beside("burstd.suspect"))) << "also the next time";
  EXPECT_EQ(std::filesystem::file_size(folder.file()), size);
}

TEST_F(Reopening, TheHeadIsForItsUserAlone) {
  record(folder.options(), 1);
  struct stat found {};
  ASSERT_EQ(::stat(beside("burstd.head").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
  EXPECT_EQ(head_beside(folder.path())->seq, 1);
}

}  // namespace
}  // namespace burstd::store::test

#include "store/backup.hpp"

#include <sys/stat.h>

#include <fstream>

#include "store/berths.hpp"
#include "store/desk.hpp"
#include "store/restoration.hpp"
#include "store/restoring.hpp"
#include "store/schema.hpp"
#include "store/unusable.hpp"

namespace burstd::store::test {
namespace {

const GoesOn goes_on = [] { return true; };

class Copies : public ::testing::Test {
 protected:
  static void record(const Options& options, int messages) { record(RecordFile(options), messages); }

  static void record(const RecordFile& file, int messages) {
    Transaction transaction(file.connection());
    file.connection().execute("BEGIN IMMEDIATE");
    for (int i = 1; i <= messages; ++i) {
      auto progress = a_progress();
      progress.change_seq = last_seq(transaction) + 1;
      append_history(transaction, a_change(insert_message(transaction, a_message(i), progress, "d").key));
    }
    file.connection().execute("COMMIT");
    file.note_head(last_seq(file.connection()));
  }

  std::filesystem::path backed_up(const std::string& name = "copy") const {
    const auto backup = take_backup(folder.options(), at(77), goes_on).value();
    const auto file = elsewhere.path() / name;
    std::ofstream out(file, std::ios::binary);
    for (std::uint64_t offset = 0; offset < backup.size;) {
      const std::string piece = read_piece(backup, offset);
      out << piece;
      offset += piece.size();
    }
    return file;
  }

  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
      found.push_back(entry.path().filename());
    std::sort(found.begin(), found.end());
    return found;
  }

  // One page of those that hold messages.
  static void damage(const std::filesystem::path& file) {
    std::fstream damaged(file, std::ios::in | std::ios::out | std::ios::binary);
    damaged.seekp(10 * 4096);
    damaged << std::string(4096, '\x55');
  }

  std::string refused(const std::filesystem::path& file) const {
    try {
      restore(folder.options(), file, at(80));
    } catch (const std::runtime_error& failure) {
      return failure.what();
    }
    return "restored";
  }

  Folder folder, elsewhere;
};

TEST_F(Copies, ABackupIsOneWholeFileWithAMarkAndTheKey) {
  record(folder.options(), 5);
  const auto before = names();
  const auto checked = check_file(backed_up());
  EXPECT_TRUE(checked.verification.whole) << checked.verification.sentence;
  EXPECT_EQ(checked.verification.messages, 5);
  EXPECT_EQ(checked.taken_at, at(77));
  EXPECT_EQ(names(), before) << "nothing is left beside the record";
}

TEST_F(Copies, TheRecordItselfBearsNoMarkAndGoesOnMeanwhile) {
  record(folder.options(), 5);
  const RecordFile open(folder.options());
  open.connection().execute("BEGIN IMMEDIATE");
  const auto checked = check_file(backed_up());
  open.connection().execute("COMMIT");
  EXPECT_TRUE(checked.verification.whole);
  Statement row = open.connection().query("SELECT backup_at FROM meta");
  row.step();
  EXPECT_FALSE(row.next<std::optional<base::Time>>());
}

TEST_F(Copies, OneOfARecordThatIsNotWholeIsRefusedAndLeavesNothing) {
  record(folder.options(), 5);
  Connection(folder.file(), Connection::Mode::write).execute("UPDATE message SET state = 'failed' WHERE key = 3");
  const auto before = names();
  const auto refusal = take_backup(folder.options(), at(1), goes_on);
  ASSERT_FALSE(refusal);
  EXPECT_EQ(refusal.error().code, "backup-failed");
  EXPECT_NE(refusal.error().sentence.find("Message 3"), std::string::npos) << refusal.error().sentence;
  EXPECT_EQ(names(), before);
}

TEST_F(Copies, OneThatIsBrokenOffIsSoInTheMiddleAndLeavesNothing) {
  record(folder.options(), 2000);
  const auto before = names();
  const auto size = std::filesystem::file_size(folder.file());
  std::uintmax_t copied = size;
  const GoesOn stopped = [&] {
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
      if (entry.path().extension() == ".part") copied = std::min(copied, entry.file_size());
    return false;
  };
  const auto refusal = take_backup(folder.options(), at(1), stopped);
  ASSERT_FALSE(refusal);
  EXPECT_EQ(refusal.error().code, "backup-stopped");
  EXPECT_LT(copied, size / 2);
  EXPECT_EQ(names(), before);
}

TEST_F(Copies, DamageThatOneMeetsIsLookedForAtTheNextStart) {
  record(folder.options(), 200);
  damage(folder.file());
  const auto refusal = take_backup(folder.options(), at(1), goes_on);
  ASSERT_FALSE(refusal);
  EXPECT_EQ(refusal.error().code, "backup-failed");
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "burstd.suspect"));
}

// SQLite 3.40 takes the columns behind such a key for NULL.
TEST_F(Copies, OneOfARecordInWhichANameHadSeveralSimsIsWhole) {
  record(folder.options(), 1);
  {
    const RecordFile file(folder.options());
    Transaction transaction(file.connection());
    for (const char* sim : {"first", "second", "third"}) {
      Berth berth;
      berth.name = "front";
      berth.sim = sim;
      berth.bound_at = at(5);
      save_berth(transaction, berth);
    }
  }
  const auto backup = take_backup(folder.options(), at(77), goes_on);
  EXPECT_TRUE(backup) << backup.error().sentence;
}

TEST_F(Copies, OneInWhichAValueIsTrulyMissingIsRefused) {
  record(folder.options(), 1);
  const Connection connection(folder.file(), Connection::Mode::write);
  const auto declared = [&](const std::string& before, const std::string& after) {
    connection.execute("PRAGMA writable_schema = ON");
    connection.execute("UPDATE sqlite_schema SET sql = replace(sql, '" + before + "', '" + after +
                       "') WHERE name = 'berth_sim'");
    connection.execute("PRAGMA writable_schema = RESET");
  };
  connection.execute("INSERT INTO berth(name, bound_at) VALUES ('front', 0)");
  declared("since INTEGER NOT NULL", "since INTEGER");
  connection.execute("INSERT INTO berth_sim(name, sim, since, until) VALUES ('front', 'a', NULL, 1)");
  declared("since INTEGER", "since INTEGER NOT NULL");
  const auto refusal = take_backup(folder.options(), at(1), goes_on);
  ASSERT_FALSE(refusal);
  EXPECT_NE(refusal.error().sentence.find("NULL value in berth_sim.since"), std::string::npos)
      << refusal.error().sentence;
}

TEST_F(Copies, OneThatIsBrokenOffLeavesNothing) {
  record(folder.options(), 5);
  const auto before = names();
  EXPECT_EQ(take_backup(folder.options(), at(1), [] { return false; }).error().code, "backup-stopped");
  EXPECT_EQ(names(), before);
  std::ofstream(folder.path() / "burstd.backup-123.part") << "of a process that was killed";
  const RecordFile opened(folder.options());
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "burstd.backup-123.part"));
}

TEST_F(Copies, WithoutRoomItSaysHowMuchItNeeds) {
  record(folder.options(), 1);
  Options options = folder.options();
  options.ballast = std::uint64_t{1} << 60U;
  const auto refusal = take_backup(options, at(1), goes_on);
  EXPECT_EQ(refusal.error().code, "disk-low");
  EXPECT_NE(refusal.error().sentence.find("MiB free"), std::string::npos) << refusal.error().sentence;
}

TEST_F(Copies, ARestoredBackupIsHeldAndTheFormerRecordKeptAside) {
  record(folder.options(), 2);
  const auto copy = backed_up();
  record(folder.options(), 3);
  const auto restored = restore(folder.options(), copy, at(80));
  EXPECT_EQ(restored.taken_at, at(77));
  ASSERT_TRUE(restored.aside);
  EXPECT_EQ(check_file(*restored.aside).verification.messages, 5);
  const RecordFile file(folder.options());
  const auto standing = standing_restoration(file.connection());
  ASSERT_TRUE(standing);
  EXPECT_EQ(standing->cause, "backup");
  EXPECT_EQ(standing->last_message, 2);
  EXPECT_TRUE(verify_record(file.connection(), goes_on)->whole);
  struct stat found {};
  ASSERT_EQ(::stat(folder.file().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
}

TEST_F(Copies, OnAnotherBoxItIsTheFirstRecord) {
  record(folder.options(), 2);
  const auto copy = backed_up();
  const Folder other;
  const auto restored = restore(other.options(), copy, at(80));
  EXPECT_FALSE(restored.aside);
  EXPECT_TRUE(standing_restoration(RecordFile(other.options()).connection()));
}

TEST_F(Copies, APlainCopyOfARecordIsTakenAndHeldToo) {
  record(folder.options(), 2);
  const auto plain = elsewhere.path() / "plain";
  std::filesystem::copy_file(folder.file(), plain);
  const auto restored = restore(folder.options(), plain, at(80));
  EXPECT_FALSE(restored.taken_at);
  EXPECT_TRUE(standing_restoration(RecordFile(folder.options()).connection()));
}

TEST_F(Copies, TheLogBesideAPlainCopyComesWithIt) {
  const RecordFile open(folder.options());  // until it is closed the newest commits are in the log
  record(open, 2);
  const auto plain = elsewhere.path() / "plain";
  for (const char* end : {"", "-wal"}) std::filesystem::copy_file(folder.file().string() + end, plain.string() + end);
  const Folder other;
  EXPECT_EQ(restore(other.options(), plain, at(80)).verification.messages, 2);
  EXPECT_FALSE(std::filesystem::exists(other.path() / "burstd.backup-incoming.part-wal"));
}

TEST_F(Copies, WhatAnAdministratorPutBesideTheRecordStays) {
  for (const char* name : {"burstd.backup-2026-11-28", "burstd.backup-0A.part", "burstd.backup-0A.part-journal"})
    std::ofstream(folder.path() / name) << "x";
  remove_leftovers(folder.path());
  EXPECT_EQ(names(), std::vector<std::string>{"burstd.backup-2026-11-28"});
}

TEST_F(Copies, ACopyOfAnOlderReleaseIsBroughtUpToDate) {
  const auto old = elsewhere.path() / "old";
  ensure_file(old);
  {
    const Connection connection(old, Connection::Mode::alone);
    migrate(connection, all_steps().first(6));
  }
  restore(folder.options(), old, at(80));
  const RecordFile opened(folder.options());
  EXPECT_EQ(version_of(opened.connection()), static_cast<std::int64_t>(all_steps().size()));
  EXPECT_TRUE(standing_restoration(opened.connection()));
}

TEST_F(Copies, WhatIsNotWholeIsNotPutInPlaceAndTheRecordStaysAsItWas) {
  record(folder.options(), 200);
  const auto copy = backed_up();
  const auto tampered = backed_up("tampered");
  Connection(tampered, Connection::Mode::alone)
      .execute("DROP TRIGGER message_text_kept; UPDATE message SET text = 'x' WHERE key = 7");
  damage(copy);
  std::ofstream(elsewhere.path() / "text") << "no database at all, but a file of some length";
  const auto before = names();
  EXPECT_NE(refused(tampered).find("message 7"), std::string::npos) << refused(tampered);
  EXPECT_NE(refused(copy).find("nothing was changed"), std::string::npos) << refused(copy);
  EXPECT_NE(refused(elsewhere.path() / "text").find("nothing was changed"), std::string::npos);
  EXPECT_NE(refused(elsewhere.path() / "none").find("is no file"), std::string::npos);
  EXPECT_NE(refused(folder.file()).find("is the record itself"), std::string::npos);
  EXPECT_EQ(names(), before);
  EXPECT_EQ(check_file(folder.file()).verification.messages, 200);
}

TEST_F(Copies, NothingIsRestoredWhileADaemonRuns) {
  record(folder.options(), 2);
  const auto copy = backed_up();
  const RecordFile running(folder.options());
  EXPECT_NE(refused(copy).find("Another burstd uses this record (PID"), std::string::npos);
}

TEST_F(Copies, OnlyABackupIsTakenForOne) {
  record(folder.options(), 1);
  EXPECT_TRUE(is_backup(backed_up()));
  EXPECT_FALSE(is_backup(folder.file()));
  std::ofstream(elsewhere.path() / "text") << "no database at all, but a file of some length";
  EXPECT_THROW(is_backup(elsewhere.path() / "text"), std::runtime_error);
}

}  // namespace
}  // namespace burstd::store::test

#include "store/record.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "store/desk.hpp"
#include "store/identity.hpp"
#include "store/log_file.hpp"
#include "store/schema.hpp"

namespace burstd::store::test {
namespace {

std::string refusal(const Options& options) {
  try {
    const RecordFile opened(options);
  } catch (const std::runtime_error& failure) {
    return failure.what();
  }
  return "opened";
}

Options in(const std::filesystem::path& folder) {
  Options options;
  options.folder = folder;
  return options;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

unsigned mode_of(const std::filesystem::path& file) {
  struct stat found {};
  return ::stat(file.c_str(), &found) == 0 ? found.st_mode & 0777U : 0;
}

std::int64_t number(const Connection& connection, const std::string& sql) {
  Statement row = connection.query(sql);
  row.step();
  return row.next<std::int64_t>();
}

// As any release can read it.
std::string text_of(const Connection& connection, message::Key key) {
  Statement row = connection.query("SELECT text FROM message WHERE key = ?", key);
  return row.step() ? row.next<std::string>() : "";
}

TEST(RecordFile, IsMadeOnceAndKeepsItsEpoch) {
  const Folder folder;
  std::string epoch;
  {
    const RecordFile first(folder.options());
    epoch = first.epoch();
    EXPECT_EQ(epoch.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ"), std::string::npos);
    EXPECT_EQ(epoch.size(), 6U);
    EXPECT_EQ(number(first.connection(), "PRAGMA application_id"), application_id);
    EXPECT_EQ(number(first.connection(), "PRAGMA user_version"), static_cast<std::int64_t>(all_steps().size()));
  }
  EXPECT_EQ(RecordFile(folder.options()).epoch(), epoch);
  const Folder other;
  EXPECT_NE(RecordFile(other.options()).epoch(), epoch);
}

TEST(RecordFile, TheLogIsLaidOutAndItsEmptyPlaceIsNoPartOfTheRecord) {
  const Folder folder, after_a_crash;
  const auto log = folder.file().string() + "-wal";
  const RecordFile record(folder.options());
  lay_out_log(folder.file());
  EXPECT_EQ(std::filesystem::file_size(log), static_cast<std::uintmax_t>(laid_out));
  record.connection().execute("CREATE TABLE kept(number); INSERT INTO kept VALUES (41)");
  EXPECT_EQ(std::filesystem::file_size(log), static_cast<std::uintmax_t>(laid_out));
  std::filesystem::copy_file(folder.file(), after_a_crash.file());
  std::filesystem::copy_file(log, after_a_crash.file().string() + "-wal");
  const RecordFile again(after_a_crash.options());
  EXPECT_EQ(again.epoch(), record.epoch());
  EXPECT_EQ(number(again.connection(), "SELECT number FROM kept"), 41);
  EXPECT_EQ(number(again.connection(), "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
}

TEST(RecordFile, HasThePragmasOfADurableRecord) {
  const Folder folder;
  const RecordFile record(folder.options());
  const Connection& connection = record.connection();
  EXPECT_EQ(number(connection, "PRAGMA synchronous"), 2);
  EXPECT_EQ(number(connection, "PRAGMA foreign_keys"), 1);
  EXPECT_EQ(number(connection, "PRAGMA recursive_triggers"), 1);
  EXPECT_EQ(number(connection, "PRAGMA trusted_schema"), 0);
  EXPECT_EQ(number(connection, "PRAGMA cell_size_check"), 1);
  EXPECT_EQ(number(connection, "PRAGMA secure_delete"), 1);
  EXPECT_EQ(number(connection, "PRAGMA busy_timeout"), 5000);
  EXPECT_EQ(number(connection, "PRAGMA journal_size_limit"), 16777216);
  const Connection reading(folder.file(), Connection::Mode::read);
  EXPECT_EQ(number(reading, "PRAGMA query_only"), 1);
  EXPECT_THROW(reading.execute("UPDATE meta SET epoch = 'ABCDEF'"), Failure);
}

TEST(RecordFile, BelongsToItsUserAlone) {
  const Folder folder;
  const mode_t before = ::umask(0);
  {
    const RecordFile record(folder.options());
    for (const char* name : {"burstd.db", "burstd.lock", "burstd.db-wal", "burstd.db-shm"}) {
      EXPECT_EQ(mode_of(folder.path() / name), 0600U) << name;
    }
  }
  ::umask(before);
  std::filesystem::permissions(folder.file(), std::filesystem::perms::group_read, std::filesystem::perm_options::add);
  const RecordFile again(folder.options());
  EXPECT_EQ(mode_of(folder.file()), 0600U);
}

TEST(RecordFile, IsHeldByOneOnly) {
  const Folder folder;
  {
    const RecordFile first(folder.options());
    const std::string sentence = refusal(folder.options());
    EXPECT_TRUE(contains(sentence, "Another burstd uses this record (PID " + std::to_string(::getpid()))) << sentence;
  }
  EXPECT_EQ(refusal(folder.options()), "opened");
}

TEST(RecordFile, SaysWhatIsWrongWithTheFolder) {
  const Folder folder;
  const std::string missing = refusal(in(folder.path() / "none"));
  EXPECT_TRUE(contains(missing, "missing") && contains(missing, "Create it")) << missing;
  std::ofstream(folder.path() / "plain") << "x";
  const std::string plain = refusal(in(folder.path() / "plain"));
  EXPECT_TRUE(contains(plain, "is no folder")) << plain;
}

TEST(RecordFile, SaysThatTheFolderMayNotBeWritten) {
  const Folder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  const pid_t child = ::fork();
  if (child == 0) {
    if (::getuid() == 0 && ::setuid(65534) != 0) ::_exit(2);
    const std::string sentence = refusal(folder.options());
    ::_exit(contains(sentence, "may not be written") && contains(sentence, "0700") ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all);
}

TEST(RecordFile, RefusesWhatIsNoRecord) {
  const Folder folder;
  std::ofstream(folder.file()) << std::string(8192, 'x');
  const std::string text = refusal(folder.options());
  EXPECT_TRUE(contains(text, "is not a burstd record") && contains(text, "burstd.db")) << text;

  const Folder other;
  ensure_file(other.file());
  Connection(other.file(), Connection::Mode::write).execute("CREATE TABLE t(a)");
  const std::string database = refusal(other.options());
  EXPECT_TRUE(contains(database, "not a burstd record")) << database;
}

TEST(RecordFile, RefusesADamagedOne) {
  const Folder folder;
  RecordFile(folder.options()).connection().execute("PRAGMA wal_checkpoint(TRUNCATE)");
  std::fstream file(folder.file(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(100);
  file << std::string(3000, '\xFF');
  file.close();
  const std::string sentence = refusal(folder.options());
  EXPECT_TRUE(contains(sentence, "damaged") && contains(sentence, "backup")) << sentence;
}

TEST(RecordFile, RefusesOneOfANewerRelease) {
  const Folder folder;
  RecordFile(folder.options()).connection().execute("PRAGMA user_version = 99");
  const std::string sentence = refusal(folder.options());
  EXPECT_TRUE(contains(sentence, "newer burstd") && contains(sentence, "99")) << sentence;
}

// A record of version 1, as the first release left it.
class Migration : public ::testing::Test {
 protected:
  Migration() {
    const std::array<std::string_view, 1> first{step_1};
    migrate(connection, first);
    Transaction transaction(connection);
    connection.execute("BEGIN IMMEDIATE");
    stored = insert_message(transaction, a_message(), a_progress(), "digest");
    append_history(transaction, a_change(stored.key));
    connection.execute("COMMIT");
  }

  static std::filesystem::path made(const std::filesystem::path& file) {
    ensure_file(file);
    return file;
  }

  Folder folder;
  Connection connection{made(folder.file()), Connection::Mode::write};
  message::Message stored;
};

TEST_F(Migration, AnOlderFileIsCopiedBeforeItIsChanged) {
  const std::array<std::string_view, 2> steps{step_1, "CREATE TABLE newer(a INTEGER) STRICT;"};
  migrate(connection, steps);
  EXPECT_EQ(number(connection, "PRAGMA user_version"), 2);
  EXPECT_EQ(number(connection, "SELECT count(*) FROM newer"), 0);
  const auto copy = folder.path() / "burstd.db.v1";
  EXPECT_EQ(mode_of(copy), 0600U);
  const Connection older(copy, Connection::Mode::read);
  EXPECT_EQ(number(older, "PRAGMA user_version"), 1);
  EXPECT_EQ(number(older, "PRAGMA application_id"), application_id);
  EXPECT_EQ(text_of(older, stored.key), stored.text);
  EXPECT_EQ(epoch_of(older), epoch_of(connection));
}

TEST_F(Migration, ARecordOfTheFirstReleaseIsBroughtUpToDate) {
  const std::string epoch = epoch_of(connection);
  migrate(connection, all_steps());
  EXPECT_EQ(number(connection, "PRAGMA user_version"), static_cast<std::int64_t>(all_steps().size()));
  EXPECT_EQ(epoch_of(connection), epoch);
  EXPECT_EQ(find_message(connection, stored.id)->message.text, stored.text);
  EXPECT_FALSE(verify_history(connection).first_bad);
  for (const char* table : {"berth", "berth_sim", "pin_attempt"}) {
    EXPECT_EQ(number(connection, std::string("SELECT count(*) FROM ") + table), 0) << table;
  }
  const Connection older(folder.path() / "burstd.db.v1", Connection::Mode::read);
  EXPECT_EQ(number(older, "SELECT count(*) FROM sqlite_schema WHERE name = 'berth'"), 0);
  EXPECT_EQ(text_of(older, stored.key), stored.text);
}

TEST_F(Migration, AStepThatFailsChangesNothing) {
  const std::array<std::string_view, 2> steps{step_1, "CREATE TABLE newer(a INTEGER) STRICT; SELECT nonsense;"};
  EXPECT_THROW(migrate(connection, steps), Failure);
  EXPECT_FALSE(connection.in_transaction());
  EXPECT_EQ(number(connection, "PRAGMA user_version"), 1);
  EXPECT_EQ(number(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'newer'"), 0);
  EXPECT_NO_THROW(migrate(connection, all_steps()));
}

TEST(FullDisk, AtTheStartIsSaidWithARemedy) {
  const Folder folder;
  ensure_file(folder.file());
  const Connection connection(folder.file(), Connection::Mode::write);
  connection.execute("PRAGMA max_page_count = 3");
  try {
    migrate(connection, all_steps());
    FAIL() << "a record of 3 pages";
  } catch (const Failure& failure) {
    EXPECT_TRUE(failure.disk_full());
    EXPECT_TRUE(contains(failure.what(), "is full. Free some space")) << failure.what();
  }
  EXPECT_EQ(number(connection, "PRAGMA user_version"), 0);
  connection.execute("PRAGMA max_page_count = 100000");
  EXPECT_NO_THROW(migrate(connection, all_steps()));
}

TEST(Identity, KeysAreReadOutOfIdsOfTheRightKindOnly) {
  EXPECT_EQ(message_key(message_id("ABCDEF", 17)), 17);
  EXPECT_EQ(batch_key(batch_id("ABCDEF", 17)), 17);
  EXPECT_FALSE(message_key("ABCDEF-B17"));
  EXPECT_FALSE(batch_key("ABCDEF-17"));
  for (const char* id : {"", "ABCDEF", "ABCDEF-", "ABCDEF-0", "ABCDEF--3", "ABCDEF-3x", "ABCDE-3", "ABCDEF-+3"}) {
    EXPECT_FALSE(message_key(id)) << id;
  }
}

}  // namespace
}  // namespace burstd::store::test

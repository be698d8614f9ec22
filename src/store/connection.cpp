#include "store/connection.hpp"

#include <sqlite3.h>

#include <array>
#include <utility>

namespace burstd::store {

namespace {

// More than all fixed statements of the room; the composed ones of lists are let go beyond it.
constexpr std::size_t most_idle = 200;

constexpr int patience = 5000;  // milliseconds, with another program that holds the record

constexpr int primary(int code) { return code & 0xFF; }

// SQLite would count each of its allocations under a mutex. Heeded only before its first use in the process.
void keep_no_statistics() {
  static const int said = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(said);
}

}  // namespace

bool Failure::disk_full() const { return primary(x_code) == SQLITE_FULL; }

bool Failure::corrupt() const { return primary(x_code) == SQLITE_CORRUPT || primary(x_code) == SQLITE_NOTADB; }

bool Failure::damaged() const {
  const int code = primary(x_code);
  return code == SQLITE_IOERR || code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_CANTOPEN;
}

// Statement ---------------------------------------------------------------------------------------------

Statement::Statement(const Connection& owner, std::string sql, sqlite3_stmt* statement)
    : x_owner(&owner), x_sql(std::move(sql)), x_statement(statement) {}

Statement::Statement(Statement&& other) noexcept
    : x_owner(other.x_owner),
      x_sql(std::move(other.x_sql)),
      x_statement(std::exchange(other.x_statement, nullptr)),
      x_parameter(other.x_parameter),
      x_column(other.x_column) {}

Statement::~Statement() {
  if (x_statement != nullptr) x_owner->give_back(std::move(x_sql), x_statement);
}

bool Statement::step() {
  x_column = 0;
  const int code = sqlite3_step(x_statement);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) x_owner->fail("using", code);
  return false;
}

void Statement::check_bound(int code) const {
  if (code != SQLITE_OK) x_owner->fail("binding a value for", code);
}

void Statement::bind_null() { check_bound(sqlite3_bind_null(x_statement, ++x_parameter)); }

void Statement::bind_integer(std::int64_t value) { check_bound(sqlite3_bind_int64(x_statement, ++x_parameter, value)); }

// SQLite keeps a copy (SQLITE_TRANSIENT), so that no unit has to think about lifetimes.
void Statement::bind_text(std::string_view value) {
  const char* const data = value.empty() ? "" : value.data();
  check_bound(sqlite3_bind_text64(x_statement, ++x_parameter, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind_blob(std::span<const std::uint8_t> value) {
  static constexpr std::uint8_t nothing = 0;
  const std::uint8_t* const data = value.empty() ? &nothing : value.data();
  check_bound(sqlite3_bind_blob64(x_statement, ++x_parameter, data, value.size(), SQLITE_TRANSIENT));
}

bool Statement::is_null(int column) const { return sqlite3_column_type(x_statement, column) == SQLITE_NULL; }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(x_statement, column); }

std::string Statement::text(int column) const {
  const auto* const data = static_cast<const char*>(sqlite3_column_blob(x_statement, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(x_statement, column));
  return data == nullptr ? std::string() : std::string(data, size);
}

base::Octets Statement::blob(int column) const {
  const auto* const data = static_cast<const std::uint8_t*>(sqlite3_column_blob(x_statement, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(x_statement, column));
  if (data == nullptr) return {};
  return {data, data + size};
}

// Connection --------------------------------------------------------------------------------------------

void Connection::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Connection::Connection(const std::filesystem::path& file, Mode mode) : x_file(file) {
  const int access = mode == Mode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  keep_no_statistics();
  sqlite3* database = nullptr;
  const int code =
      sqlite3_open_v2(file.c_str(), &database, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  x_database.reset(database);
  if (code != SQLITE_OK) fail("opening", code);
  set_pragmas(mode);
}

Connection::~Connection() {
  for (const auto& [sql, statements] : x_idle) {
    for (sqlite3_stmt* statement : statements) sqlite3_finalize(statement);
  }
}

void Connection::set_pragmas(Mode mode) {
  sqlite3_busy_timeout(x_database.get(), patience);
  execute(
      "PRAGMA foreign_keys = ON;"
      "PRAGMA recursive_triggers = ON;"  // else REPLACE deletes rows past their DELETE triggers
      "PRAGMA trusted_schema = OFF;"
      "PRAGMA temp_store = MEMORY;"  // what a savepoint keeps would else be a file that is made and removed each time
      "PRAGMA cell_size_check = ON;");
  if (mode == Mode::read) return execute("PRAGMA query_only = ON");
  if (mode == Mode::alone) return execute("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;");
  Statement journal = query("PRAGMA journal_mode = WAL");
  if (!journal.step() || journal.next<std::string>() != "wal") {
    throw Failure(
        "The file system of " + x_file.string() + " cannot hold a write-ahead log. Put the record on a local disk.",
        SQLITE_CANTOPEN);
  }
  sqlite3_wal_hook(
      x_database.get(),
      [](void* pages, sqlite3*, const char*, int count) {
        *static_cast<int*>(pages) = count;
        return SQLITE_OK;
      },
      &x_log_pages);
  execute(
      "PRAGMA synchronous = FULL;"
      "PRAGMA journal_size_limit = 16777216;"
      "PRAGMA secure_delete = ON;");
}

Statement Connection::prepare(std::string_view sql) const {
  std::string key(sql);
  const auto idle = x_idle.find(key);
  if (idle != x_idle.end() && !idle->second.empty()) {
    sqlite3_stmt* const statement = idle->second.back();
    idle->second.pop_back();
    --x_idle_count;
    return {*this, std::move(key), statement};
  }
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(x_database.get(), key.c_str(), static_cast<int>(key.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) fail("reading", code);
  return {*this, std::move(key), statement};
}

void Connection::give_back(std::string sql, sqlite3_stmt* statement) const {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  if (x_idle_count >= most_idle) {
    sqlite3_finalize(statement);
    return;
  }
  x_idle[std::move(sql)].push_back(statement);
  ++x_idle_count;
}

void Connection::execute(const std::string& sql) const {
  const int code = sqlite3_exec(x_database.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail("using", code);
}

const std::optional<Connection::Meta>& Connection::meta() const {
  if (x_meta) return x_meta;
  Statement row = query("SELECT epoch, seal_key FROM meta WHERE id = 1");
  if (!row.step()) return x_meta;
  Meta meta;
  meta.epoch = row.next<std::string>();
  meta.seal_key = row.next<base::Octets>();
  x_meta = std::move(meta);
  return x_meta;
}

void Connection::checkpoint() const {
  const int code = sqlite3_wal_checkpoint_v2(x_database.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if (code != SQLITE_OK && primary(code) != SQLITE_BUSY) fail("writing", code);
}

bool Connection::cut_log() const {
  sqlite3_busy_timeout(x_database.get(), 0);
  const int code = sqlite3_wal_checkpoint_v2(x_database.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(x_database.get(), patience);
  if (code != SQLITE_OK && primary(code) != SQLITE_BUSY) fail("writing", code);
  return code == SQLITE_OK;
}

void Connection::break_off_unless(const std::function<bool()>& goes_on) const {
  constexpr int operations = 10'000;  // of SQLite's machine, well under a millisecond
  using Asked = const std::function<bool()>;
  const auto ask = [](void* asked) { return (*static_cast<Asked*>(asked))() ? 0 : 1; };
  sqlite3_progress_handler(x_database.get(), operations, ask, const_cast<std::function<bool()>*>(&goes_on));
}

void Connection::end_reading() const noexcept { sqlite3_exec(x_database.get(), "ROLLBACK", nullptr, nullptr, nullptr); }

bool Connection::in_transaction() const { return sqlite3_get_autocommit(x_database.get()) == 0; }

void Connection::fail(const std::string& doing, int code) const {
  const std::string reason = x_database ? sqlite3_errmsg(x_database.get()) : sqlite3_errstr(code);
  const std::string name = x_file.string();
  switch (primary(code)) {
    case SQLITE_FULL:
      throw Failure("The disk that holds " + name + " is full. Free some space there.", code);
    case SQLITE_NOTADB:
      throw Failure(name + " is not a burstd record. Move it away, or put a backup in its place.", code);
    case SQLITE_CORRUPT:
      throw Failure(name + " is damaged (" + reason + "). Keep a copy of it and put a backup in its place.", code);
    case SQLITE_CANTOPEN:
      throw Failure("Could not open " + name + ". See that it exists and that burstd's user may read and write it.",
                    code);
    case SQLITE_READONLY:
      throw Failure(name + " may not be written. Give it and its folder to burstd's user.", code);
    case SQLITE_BUSY:
      throw Failure(name + " is held by another program. Close that program.", code);
    case SQLITE_IOERR:
      throw Failure(
          "The disk failed while " + doing + " " + name + " (" + reason + "). Check the disk and the free space on it.",
          code);
    default:
      throw Failure("SQLite refused while " + doing + " " + name + ": " + reason, code);
  }
}

// Transaction -------------------------------------------------------------------------------------------

std::int64_t Transaction::last_key() const { return sqlite3_last_insert_rowid(x_connection->x_database.get()); }

std::int64_t Transaction::changes() const { return sqlite3_changes64(x_connection->x_database.get()); }

}  // namespace burstd::store

// The least that a program can do to put rows on disk: the rows of some tables of a record, into a new file with the
// same tables, checks and indices, in one transaction with a write-ahead log and synchronous=FULL. Triggers, history's
// chain and everything that decides are left out. Prints the milliseconds from BEGIN to the end of COMMIT. The peer of
// the row `hand-over` of tools/bench.
//
//     bare_inserts RECORD NEW TABLE...      RECORD is burstd.db of a daemon that has ended; NEW must not exist
#include <sqlite3.h>

#include <chrono>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  void operator()(sqlite3_value* value) const { sqlite3_value_free(value); }
};
using Database = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;
using Value = std::unique_ptr<sqlite3_value, Close>;

struct Table {
  std::string name;
  std::vector<std::vector<Value>> rows;
};

Database open(const char* file) {
  sqlite3* database = nullptr;
  const int code = sqlite3_open(file, &database);
  Database opened(database);
  if (code != SQLITE_OK) throw std::runtime_error(std::string("cannot open ") + file);
  return opened;
}

void run(const Database& database, const std::string& sql) {
  if (sqlite3_exec(database.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(database.get()));
  }
}

Statement prepare(const Database& database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(database.get(), sql.c_str(), -1, &statement, nullptr);
  Statement prepared(statement);
  if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database.get()));
  return prepared;
}

Table read(const Database& record, const std::string& name) {
  Table table{name, {}};
  const Statement rows = prepare(record, "SELECT * FROM " + name);
  while (sqlite3_step(rows.get()) == SQLITE_ROW) {
    auto& row = table.rows.emplace_back();
    for (int at = 0; at < sqlite3_column_count(rows.get()); ++at) {
      row.emplace_back(sqlite3_value_dup(sqlite3_column_value(rows.get(), at)));
    }
  }
  if (table.rows.empty()) throw std::runtime_error("the record has no row in " + name);
  return table;
}

void make_alike(const Database& record, const Database& fresh, const std::string& name) {
  const Statement lines =
      prepare(record,
              "SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND type IN ('table', 'index') AND sql IS NOT NULL"
              " ORDER BY type = 'index'");
  sqlite3_bind_text(lines.get(), 1, name.c_str(), -1, SQLITE_STATIC);
  while (sqlite3_step(lines.get()) == SQLITE_ROW) {
    run(fresh, reinterpret_cast<const char*>(sqlite3_column_text(lines.get(), 0)));
  }
}

void insert(const Database& fresh, const Table& table) {
  std::string sql = "INSERT INTO " + table.name + " VALUES (?";
  for (std::size_t at = 1; at < table.rows.front().size(); ++at) sql += ", ?";
  const Statement statement = prepare(fresh, sql + ")");
  for (const auto& row : table.rows) {
    for (std::size_t at = 0; at < row.size(); ++at) {
      sqlite3_bind_value(statement.get(), static_cast<int>(at + 1), row[at].get());
    }
    if (sqlite3_step(statement.get()) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(fresh.get()));
    sqlite3_reset(statement.get());
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 4) {
    std::cerr << "usage: bare_inserts RECORD NEW TABLE...\n";
    return 2;
  }
  const Database record = open(arguments[1]);
  const Database fresh = open(arguments[2]);
  run(fresh, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  std::vector<Table> tables;
  for (int at = 3; at < count; ++at) {
    tables.push_back(read(record, arguments[at]));
    make_alike(record, fresh, arguments[at]);
  }
  const auto begin = std::chrono::steady_clock::now();
  run(fresh, "BEGIN IMMEDIATE");
  for (const Table& table : tables) insert(fresh, table);
  run(fresh, "COMMIT");
  const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - begin;
  std::cout << spent.count() << '\n';
  return 0;
}

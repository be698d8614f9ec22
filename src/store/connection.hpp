// One connection to the record, its prepared statements, and the transaction that a unit of work is given.
// Values go in and come out typed; base::Time is an INTEGER of milliseconds, a missing optional is NULL.
// A connection is used by one thread at a time. SQL is written in this room only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "base/hex.hpp"
#include "base/time.hpp"
#include "store/tally.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace burstd::store {

// What SQLite refused, with its extended result code. The sentence never holds a bound value.
class Failure : public std::runtime_error {
 public:
  Failure(const std::string& sentence, int code) : std::runtime_error(sentence), x_code(code) {}

  int code() const { return x_code; }
  bool disk_full() const;
  bool damaged() const;  // the disk fails or the file is corrupt: nothing more may be promised
  bool corrupt() const;  // the file itself is not what was written

 private:
  int x_code;
};

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};

class Connection;

// A prepared statement, lent by its connection until it dies. bind() fills the parameters from the left,
// next() reads the columns of the row from the left.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  template <class... Values>
  Statement& bind(const Values&... values) {
    (bind_value(values), ...);
    return *this;
  }

  // True when there is a row to read. Throws Failure.
  bool step();

  template <class T>
  T next() {
    const int column = x_column++;
    if constexpr (is_optional<T>::value) {
      if (is_null(column)) return std::nullopt;
      return read<typename T::value_type>(column);
    } else {
      return read<T>(column);
    }
  }

 private:
  friend class Connection;
  Statement(const Connection& owner, std::string sql, sqlite3_stmt* statement);

  template <class T>
  void bind_value(const T& value) {
    if constexpr (is_optional<T>::value) {
      if (value) {
        bind_value(*value);
      } else {
        bind_null();
      }
    } else if constexpr (std::is_integral_v<T>) {
      bind_integer(static_cast<std::int64_t>(value));
    } else if constexpr (std::is_same_v<T, base::Time>) {
      bind_integer(base::to_millis(value));
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
      bind_text(value);
    } else {
      bind_blob(value);
    }
  }

  template <class T>
  T read(int column) const {
    if constexpr (std::is_same_v<T, bool>) {
      return integer(column) != 0;
    } else if constexpr (std::is_integral_v<T>) {
      return static_cast<T>(integer(column));
    } else if constexpr (std::is_same_v<T, base::Time>) {
      return base::from_millis(integer(column));
    } else if constexpr (std::is_same_v<T, std::string>) {
      return text(column);
    } else {
      static_assert(std::is_same_v<T, base::Octets>);
      return blob(column);
    }
  }

  void bind_null();
  void bind_integer(std::int64_t value);
  void bind_text(std::string_view value);
  void bind_blob(std::span<const std::uint8_t> value);
  void check_bound(int code) const;

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  std::string text(int column) const;
  base::Octets blob(int column) const;

  const Connection* x_owner;
  std::string x_sql;
  sqlite3_stmt* x_statement;
  int x_parameter = 0;
  int x_column = 0;
};

class Connection {
 public:
  enum class Mode : std::uint8_t {
    write,
    read,
    alone,  // a file that nobody else has open, as a copy is: it is changed in place and has no log beside it
  };

  // Opens an existing file and sets the PRAGMAs. Throws Failure with a sentence.
  Connection(const std::filesystem::path& file, Mode mode);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  template <class... Values>
  Statement query(std::string_view sql, const Values&... values) const {
    Statement statement = prepare(sql);
    statement.bind(values...);
    return statement;
  }

  // Runs statements without parameters, as those of a schema step or a PRAGMA.
  void execute(const std::string& sql) const;

  // What runs from now on is broken off (it throws Failure) when this says no. It is asked now and then and must live
  // as long as the connection does.
  void break_off_unless(const std::function<bool()>& goes_on) const;

  // What the record is known by and sealed with. Neither changes once the record is open, so that they are read once;
  // nothing: the record has none yet.
  struct Meta {
    std::string epoch;
    base::Octets seal_key;
  };
  const std::optional<Meta>& meta() const;

  // Of a connection that writes: the pages that the write-ahead log holds, and their way into the file, as far as no
  // reader needs the old ones. SQLite does not do it by itself: the writer knows better when.
  int log_pages() const { return x_log_pages; }
  void checkpoint() const;

  // The same of the whole log, which is cut to nothing then: what it held is not on the disk a second time. False while
  // somebody reads.
  bool cut_log() const;

  bool in_transaction() const;

  // Ends a transaction in which nothing was written, in whatever condition it is.
  void end_reading() const noexcept;
  const std::filesystem::path& file() const { return x_file; }

 private:
  friend class Statement;
  friend class Transaction;
  struct Close {
    void operator()(sqlite3* database) const;
  };

  Statement prepare(std::string_view sql) const;
  void give_back(std::string sql, sqlite3_stmt* statement) const;
  [[noreturn]] void fail(const std::string& doing, int code) const;
  void set_pragmas(Mode mode);

  std::filesystem::path x_file;
  std::unique_ptr<sqlite3, Close> x_database;
  mutable std::unordered_map<std::string, std::vector<sqlite3_stmt*>> x_idle;
  mutable std::size_t x_idle_count = 0;
  mutable std::optional<Meta> x_meta;
  int x_log_pages = 0;
};

// The writer's connection inside its open transaction: what a unit of work may write with. It reads like a
// connection, so every look-up takes it too.
class Transaction {
 public:
  explicit Transaction(const Connection& connection) : x_connection(&connection) {}

  operator const Connection&() const { return *x_connection; }  // read what this transaction sees

  template <class... Values>
  Statement query(std::string_view sql, const Values&... values) const {
    return x_connection->query(sql, values...);
  }

  // One statement that changes rows; returns how many.
  template <class... Values>
  std::int64_t run(std::string_view sql, const Values&... values) {
    Statement statement = x_connection->query(sql, values...);
    while (statement.step()) {
    }
    return changes();
  }

  std::int64_t last_key() const;  // of the row inserted last

  // The newest history row that this unit appended; 0: none.
  std::int64_t newest_change() const { return x_newest_change; }
  void note_change(std::int64_t seq) { x_newest_change = seq; }

  // What is counted of this unit.
  Tally& tally() { return x_tally; }

 private:
  std::int64_t changes() const;

  const Connection* x_connection;
  std::int64_t x_newest_change = 0;
  Tally x_tally;
};

}  // namespace burstd::store

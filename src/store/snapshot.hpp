// A short read transaction: everything that is read while it lives is of one moment. Does nothing where the connection
// is in a transaction already, as in a reader's unit. Used by what reads the record page by page.
#pragma once

#include "store/connection.hpp"

namespace burstd::store {

class Snapshot {
 public:
  explicit Snapshot(const Connection& connection) : x_connection(connection), x_own(!connection.in_transaction()) {
    if (x_own) x_connection.execute("BEGIN");
  }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  ~Snapshot() {
    if (x_own) x_connection.end_reading();
  }

 private:
  const Connection& x_connection;
  bool x_own;
};

}  // namespace burstd::store

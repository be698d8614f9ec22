// The record, opened and held for writing: folder checked, second daemons locked out, file made or migrated.
// Writer owns one. Throws std::runtime_error (Failure where SQLite refused) with a sentence.
#pragma once

#include <string>

#include "store/connection.hpp"
#include "store/files.hpp"
#include "store/options.hpp"

namespace burstd::store {

class RecordFile {
 public:
  explicit RecordFile(const Options& options);

  const Connection& connection() const { return x_connection; }
  const std::string& epoch() const { return x_epoch; }

 private:
  Lock x_lock;
  Connection x_connection;
  std::string x_epoch;
};

// The epoch of the record that this connection sees.
std::string epoch_of(const Connection& connection);

}  // namespace burstd::store

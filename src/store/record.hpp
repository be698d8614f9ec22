// The record, opened and held for writing: folder checked, second daemons locked out, file made, migrated or refused,
// and a new epoch begun where it is not the one that was there before. Writer owns one. Throws Unusable where only a
// person can help, else std::runtime_error (Failure where SQLite refused), each with a sentence.
#pragma once

#include <string>

#include "store/connection.hpp"
#include "store/files.hpp"
#include "store/head.hpp"
#include "store/options.hpp"

namespace burstd::store {

class RecordFile {
 public:
  explicit RecordFile(const Options& options);

  const Connection& connection() const { return x_connection; }
  const std::string& epoch() const { return x_epoch; }

  // Kept beside the record after each commit that has changed it.
  void note_head(std::int64_t seq) const { x_head.write({seq, x_epoch}); }

 private:
  Lock x_lock;
  HeadFile x_head;
  Connection x_connection;
  std::string x_epoch;
};

// The epoch of the record that this connection sees.
std::string epoch_of(const Connection& connection);

// A page was not as it was written: the next start looks at all of them before it goes on. For any thread, as all of
// these.
void suspect_damage(const std::filesystem::path& record);

// What was found wrong with the record since the process began, for whoever asks how the gateway is; empty: nothing.
std::string trouble_of_record();
void blame_record(std::string sentence);

}  // namespace burstd::store

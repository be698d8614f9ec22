// Puts a backup, or another whole file of a record, in the record's place while no daemon runs: checked first, the
// record that was there moved aside under a name with the time, never overwritten. The next start of the daemon sees
// the mark and holds sending back (restoration.hpp). burstctl calls it.
#pragma once

#include <filesystem>
#include <optional>

#include "store/backup.hpp"

namespace burstd::store {

struct Restored {
  std::optional<std::filesystem::path> aside;  // where the former record is now; nothing: there was none
  std::optional<base::Time> taken_at;          // of the backup; nothing: the file bore no mark
  Verification verification;
};

// Throws std::runtime_error with a sentence; then the record that was there is still in its place.
Restored restore(const Options& options, const std::filesystem::path& backup, base::Time now);

}  // namespace burstd::store

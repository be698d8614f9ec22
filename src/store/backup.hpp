// Copies of the record that stand for themselves: one file, whole and checked, with the key of its chain and a mark
// that it is a backup. Taking one is a single reading of the record and holds up no commit; it runs on a thread of its
// own (Caretaker). Checking and putting one in place are done while no daemon runs, by burstctl.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "store/files.hpp"
#include "store/options.hpp"
#include "store/verify.hpp"

namespace burstd::store {

// Open, and without a name already: nothing is left of it when it dies.
struct Backup {
  OpenFile file;
  std::uint64_t size = 0;
  Verification verification;
};

// Fails with "backup-failed", "disk-low" or "backup-stopped" (`goes_on` said no) and leaves nothing behind.
base::Result<Backup> take_backup(const Options& options, base::Time now, const GoesOn& goes_on);

// The piece of the file that begins there; empty at its end.
std::string read_piece(const Backup& backup, std::uint64_t offset);

// What of a taking that was broken off is left in the folder.
void remove_leftovers(const std::filesystem::path& folder);

// Throws Unusable where a page is not as it was written. Of indexes also whether each has every row, which takes long.
enum class Indexes : std::uint8_t { read, compared };
void check_pages(const Connection& connection, Indexes indexes = Indexes::read);

// By its kind and its mark alone; throws where it is no record.
bool is_backup(const std::filesystem::path& file);

struct Checked {
  Verification verification;
  std::optional<base::Time> taken_at;  // by its mark; nothing: it is a plain copy of a record
  std::string epoch;
};

// Every page and every row of a file. Throws Unusable where it is no record of this release or a page is damaged; what
// else is not whole the verification says.
Checked check_file(const std::filesystem::path& file);

}  // namespace burstd::store

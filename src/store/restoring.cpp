#include "store/restoring.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "store/history.hpp"
#include "store/schema.hpp"
#include "store/unusable.hpp"

namespace burstd::store {

namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 4> beside{"", "-wal", "-shm", "-journal"};

// By root, for the user to whom the folder belongs.
void give_to_owner_of(const fs::path& folder, const fs::path& file) {
  struct stat owner {};
  if (::geteuid() != 0 || ::stat(folder.c_str(), &owner) != 0) return;
  if (::chown(file.c_str(), owner.st_uid, owner.st_gid) != 0) {
    throw std::runtime_error("Could not give " + file.string() + " to the user of " + folder.string() +
                             ". Nothing was changed.");
  }
}

// "burstd.db.aside-20261128T074501Z"
fs::path aside_name(const fs::path& record, base::Time now) {
  std::string time = base::to_rfc3339(now);
  time.resize(std::min<std::size_t>(time.find('.'), time.size()));
  std::erase_if(time, [](char letter) { return letter == '-' || letter == ':' || letter == 'Z'; });
  const fs::path name = record.string() + ".aside-" + time + "Z";
  if (fs::exists(name)) throw std::runtime_error(name.string() + " exists already. Wait a second and try again.");
  return name;
}

// With its log, so that it can still be opened whole.
void move_aside(const fs::path& record, const fs::path& aside) {
  for (const char* end : beside) {
    const fs::path from = record.string() + end;
    if (fs::exists(from)) fs::rename(from, aside.string() + end);
  }
}

std::optional<base::Time> taken_at_of(const Connection& connection) {
  Statement row = connection.query("SELECT backup_at FROM meta WHERE id = 1");
  if (!row.step()) throw Unusable(connection.file().string() + " has lost its epoch and key. Take another backup.");
  return row.next<std::optional<base::Time>>();
}

// The copy as it will be: of this release, whole, and marked. Nothing of it stays when that fails.
Restored prepared(const fs::path& copy, base::Time now) {
  const Connection connection(copy, Connection::Mode::alone);
  check_kind(connection);
  check_pages(connection);
  migrate(connection, all_steps(), true);
  Restored restored;
  restored.taken_at = taken_at_of(connection);
  restored.verification = verify_record(connection, [] { return true; }).value();
  if (!restored.verification.whole) {
    throw Unusable("it is not whole. " + restored.verification.sentence);
  }
  if (!restored.taken_at) {
    const base::Time newest = newest_time(connection).value_or(now);
    connection.query("UPDATE meta SET backup_at = ? WHERE id = 1", newest).step();
  }
  return restored;
}

Restored prepared_from(const fs::path& backup, const fs::path& copy, base::Time now) {
  try {
    return prepared(copy, now);
  } catch (const std::runtime_error& failure) {
    throw std::runtime_error(backup.string() + " was not put in place, and nothing was changed: " + failure.what());
  }
}

class Incoming {
 public:
  Incoming(const fs::path& folder, const fs::path& backup) : x_file(folder / "burstd.backup-incoming.part") {
    try {
      take(folder, backup);
    } catch (const fs::filesystem_error& failure) {
      remove();
      throw std::runtime_error(backup.string() + " could not be copied to " + folder.string() + " (" +
                               failure.code().message() + "); nothing was changed. See that there is room for it.");
    } catch (...) {
      remove();
      throw;
    }
  }
  Incoming(const Incoming&) = delete;
  Incoming& operator=(const Incoming&) = delete;
  ~Incoming() { remove(); }

  const fs::path& path() const { return x_file; }

 private:
  void take(const fs::path& folder, const fs::path& backup) const {
    remove();
    ensure_file(x_file);
    give_to_owner_of(folder, x_file);
    fs::copy_file(backup, x_file, fs::copy_options::overwrite_existing);
    make_private(x_file);
    take_log(folder, backup);
  }

  void remove() const {
    std::error_code ignored;
    for (const char* end : beside) fs::remove(x_file.string() + end, ignored);
  }

  // Of a file that is no backup the newest commits may lie in the log beside it.
  void take_log(const fs::path& folder, const fs::path& backup) const {
    const fs::path from = backup.string() + "-wal", log = x_file.string() + "-wal";
    if (!fs::exists(from)) return;
    fs::copy_file(from, log, fs::copy_options::overwrite_existing);
    make_private(log);
    give_to_owner_of(folder, log);
  }

  fs::path x_file;
};

}  // namespace

Restored restore(const Options& options, const fs::path& backup, base::Time now) {
  if (!fs::is_regular_file(backup))
    throw std::runtime_error(backup.string() + " is no file. Name the backup to restore.");
  check_folder(options.folder);
  const Lock lock(options.folder);
  give_to_owner_of(options.folder, options.folder / "burstd.lock");
  const fs::path record = file_of(options);
  if (fs::exists(record) && fs::equivalent(record, backup)) {
    throw std::runtime_error(backup.string() + " is the record itself. Name a backup.");
  }
  const Incoming incoming(options.folder, backup);
  Restored restored = prepared_from(backup, incoming.path(), now);
  const bool is_anything =
      std::ranges::any_of(beside, [&](const char* end) { return fs::exists(record.string() + end); });
  synchronise(incoming.path());
  if (is_anything) {
    restored.aside = aside_name(record, now);
    move_aside(record, *restored.aside);
  }
  replace_durably(incoming.path(), record);
  fs::remove(options.folder / "burstd.suspect");
  return restored;
}

}  // namespace burstd::store

#include "store/backup.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "seal/chain.hpp"
#include "store/record.hpp"
#include "store/schema.hpp"
#include "store/space.hpp"
#include "store/unusable.hpp"

namespace burstd::store {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view beginning = "burstd.backup-";
constexpr std::size_t piece = 256UL << 10;

// SQLite 3.40 says "NULL value in TABLE.COLUMN" of each row of a table WITHOUT ROWID whose key is not its first
// columns. The type is asked for, because "IS NULL" of such a column is answered without a look at it.
bool is_mistaken(const Connection& connection, std::string_view said) {
  constexpr std::string_view null_value = "NULL value in ";
  const auto dot = said.find('.');
  if (!said.starts_with(null_value) || dot == std::string_view::npos) return false;
  const std::string table(said.substr(null_value.size(), dot - null_value.size())), column(said.substr(dot + 1));
  return !connection.query("SELECT 1 FROM \"" + table + "\" WHERE typeof(\"" + column + "\") = 'null'").step();
}

base::Error failed(const std::string& why) {
  return {base::Fault::broken, "backup-failed", "There is no backup: " + why};
}

base::Error backup_stopped() {
  return {base::Fault::unavailable, "backup-stopped",
          "There is no backup: the gateway stops. Ask again when it is back."};
}

base::Error no_room(const fs::path& folder, std::uint64_t needed) {
  return {base::Fault::exhausted, "disk-low",
          "There is no backup: the disk that holds " + folder.string() + " has less than " + in_mib(needed) +
              " free, which the copy needs for a moment. Free some space there."};
}

// A file that is gone when this is, unless the process dies: then the next start removes it.
class Passing {
 public:
  explicit Passing(fs::path file) : x_file(std::move(file)) { ensure_file(x_file); }
  Passing(const Passing&) = delete;
  Passing& operator=(const Passing&) = delete;
  ~Passing() {
    std::error_code ignored;
    fs::remove(x_file, ignored);
    fs::remove(x_file.string() + "-journal", ignored);
  }

  const fs::path& path() const { return x_file; }

 private:
  fs::path x_file;
};

fs::path new_name(const fs::path& folder) {
  return folder / (std::string(beginning) + base::to_hex(seal::random_bytes(6)) + ".part");
}

void mark(const Connection& copy, base::Time now) {
  copy.query("UPDATE meta SET backup_at = ? WHERE id = 1", now).step();
}

Backup reopened(const fs::path& file, Verification verification) {
  const OpenFile open(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat found {};
  if (open.number() < 0 || ::fstat(open.number(), &found) != 0) {
    throw std::runtime_error("its copy could not be opened again. See that burstd's user may read its own folder.");
  }
  return {open, static_cast<std::uint64_t>(found.st_size), std::move(verification)};
}

base::Result<Backup> copied(const Options& options, base::Time now, const GoesOn& goes_on) {
  const Passing copy(new_name(options.folder));
  {
    const Connection record(file_of(options), Connection::Mode::write);
    record.break_off_unless(goes_on);
    record.query("VACUUM INTO ?", copy.path().string()).step();
  }
  if (!goes_on()) return backup_stopped();
  const Connection connection(copy.path(), Connection::Mode::alone);
  connection.break_off_unless(goes_on);
  mark(connection, now);
  check_pages(connection);
  auto verification = verify_record(connection, goes_on);
  if (!verification) return backup_stopped();
  if (!verification->whole) blame_record(verification->sentence);
  if (!verification->whole) return failed("what would be in it is not whole. " + verification->sentence);
  return reopened(copy.path(), std::move(*verification));
}

}  // namespace

base::Result<Backup> take_backup(const Options& options, base::Time now, const GoesOn& goes_on) {
  std::error_code unknown;
  const std::uint64_t size = fs::file_size(file_of(options), unknown);
  std::error_code no_log;
  const std::uint64_t log = fs::file_size(file_of(options).string() + "-wal", no_log);
  const std::uint64_t needed = size + (no_log ? 0 : log) + std::max(options.low_disk, options.ballast);
  if (!unknown && free_space(options.folder) < needed) return no_room(options.folder, needed);
  try {
    return copied(options, now, goes_on);
  } catch (const Failure& failure) {
    if (!goes_on()) return backup_stopped();
    if (failure.corrupt()) suspect_damage(file_of(options));
    if (failure.disk_full()) return no_room(options.folder, needed);
    return failed(failure.what());
  } catch (const std::runtime_error& failure) {
    return failed(failure.what());
  }
}

std::string read_piece(const Backup& backup, std::uint64_t offset) {
  std::string octets(piece, '\0');
  const auto size = ::pread(backup.file.number(), octets.data(), octets.size(), static_cast<off_t>(offset));
  if (size < 0) throw std::runtime_error("The copy of the record could not be read. Check the disk.");
  octets.resize(static_cast<std::size_t>(size));
  return octets;
}

void remove_leftovers(const fs::path& folder) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    const bool is_ours = name.starts_with(beginning) && name.find(".part", beginning.size()) != std::string::npos;
    if (is_ours) fs::remove(entry.path(), ignored);
  }
}

void check_pages(const Connection& connection, Indexes indexes) {
  Statement rows =
      connection.query(indexes == Indexes::compared ? "SELECT integrity_check FROM pragma_integrity_check(1000000)"
                                                    : "SELECT quick_check FROM pragma_quick_check(1000000)");
  while (rows.step()) {
    const auto said = rows.next<std::string>();
    if (said == "ok" || is_mistaken(connection, said)) continue;
    const std::string where = said.substr(said.find_last_of('\n') + 1);  // below a line that only names the database
    throw Unusable(connection.file().string() + " is damaged (" + where + ").");
  }
}

bool is_backup(const fs::path& file) {
  const Connection connection(file, Connection::Mode::read);
  check_kind(connection);
  Statement row = connection.query("SELECT 1 FROM meta WHERE id = 1 AND backup_at IS NOT NULL");
  return row.step();
}

Checked check_file(const fs::path& file) {
  const Connection connection(file, Connection::Mode::read);
  check_kind(connection);
  Checked checked;
  if (version_of(connection) < static_cast<std::int64_t>(all_steps().size())) {
    throw Unusable(file.string() +
                   " is the record of an older burstd. Put it in place with burstctl restore, which "
                   "brings it up to date and checks it.");
  }
  check_pages(connection);
  Statement row = connection.query("SELECT backup_at, epoch FROM meta WHERE id = 1");
  if (row.step()) {
    checked.taken_at = row.next<std::optional<base::Time>>();
    checked.epoch = row.next<std::string>();
  }
  checked.verification = verify_record(connection, [] { return true; }).value();
  return checked;
}

}  // namespace burstd::store

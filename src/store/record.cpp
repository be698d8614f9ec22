#include "store/record.hpp"

#include <spdlog/spdlog.h>

#include <mutex>

#include "async/task.hpp"
#include "store/backup.hpp"
#include "store/history.hpp"
#include "store/restoration.hpp"
#include "store/schema.hpp"
#include "store/unusable.hpp"

namespace burstd::store {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t first_with_head = 7;  // version of the record

std::mutex guard;
std::string trouble;

const fs::path& checked(const fs::path& folder) {
  check_folder(folder);
  return folder;
}

fs::path suspicion_of(const fs::path& record) { return record.parent_path() / "burstd.suspect"; }

[[noreturn]] void refuse_missing(const fs::path& file, const Head& head) {
  throw Unusable("The record " + file.string() + " is missing or empty, although it had " + std::to_string(head.seq) +
                 " as the number of its last change. burstd does not begin a new one in its place: put a backup there "
                 "(burstctl restore FILE), or, if a new record is meant, remove burstd.head beside it.");
}

[[noreturn]] void refuse_damaged(const fs::path& file, const std::string& what) {
  throw Unusable(
      what + " burstd does not start with it and leaves it as it is: " + file.string() +
      " is kept for whoever looks into it. Put a backup in its place (burstctl restore FILE), which moves it "
      "aside.");
}

fs::path ensured(const Options& options, const HeadFile& head) {
  auto file = file_of(options);
  std::error_code missing;
  const bool is_empty = !fs::exists(file) || fs::file_size(file, missing) == 0;
  const bool had_something = head.found() && head.found()->seq > 0;
  if (is_empty && had_something) refuse_missing(file, *head.found());
  ensure_file(file);
  return file;
}

Connection opened(const fs::path& file) {
  try {
    return Connection(file, Connection::Mode::write);
  } catch (const Failure& failure) {
    if (failure.corrupt()) refuse_damaged(file, failure.what());
    throw;
  }
}

// Takes some seconds for each gigabyte, and is done only where damage was seen.
void look_at_all_pages(const Connection& connection) {
  const auto suspicion = suspicion_of(connection.file());
  if (!fs::exists(suspicion)) return;
  spdlog::warn("the record was damaged when it was last read; all of its pages are looked at");
  try {
    check_pages(connection, Indexes::compared);
  } catch (const Unusable& damage) {
    refuse_damaged(connection.file(), damage.what());
  }
  fs::remove(suspicion);
  spdlog::warn("no page of the record is damaged; it may have been the disk, which should be looked at");
}

// A log that lay beside another file brings changes that do not follow the last one of this.
void look_at_newest(const Connection& connection) {
  constexpr std::int64_t looked_at = 200'000;  // more than a log holds
  const std::int64_t last = last_seq(connection);
  Statement begun = connection.query("SELECT coalesce(max(change_seq), 0) FROM restoration");
  begun.step();
  const std::int64_t after = std::max({last - looked_at, begun.next<std::int64_t>(), std::int64_t{0}});
  Statement rows = connection.query("SELECT count(*) FROM history WHERE seq > ?", after);
  rows.step();
  if (rows.next<std::int64_t>() == last - after) return;
  refuse_damaged(connection.file(),
                 "The newest changes do not follow those before them: " + connection.file().string() +
                     " has the log (-wal) of another file beside it, or is damaged.");
}

// Of an older release, which kept no head: from now on it has one.
std::optional<Head> head_of(const Connection& connection, const HeadFile& head) {
  const std::int64_t version = version_of(connection);
  const bool is_older = version > 0 && version < first_with_head && !head.found();
  return is_older ? std::optional<Head>({last_seq(connection), epoch_of(connection)}) : head.found();
}

void open_up(const Connection& connection, const HeadFile& beside) {
  look_at_all_pages(connection);
  check_migratable(connection, all_steps());
  const auto head = head_of(connection, beside);
  if (head && !beside.found()) beside.write_through(*head);
  migrate(connection, all_steps());
  look_at_newest(connection);
  begin_epoch_where_needed(connection, head, async::now().wall);
}

std::string opened_epoch(const Connection& connection, const HeadFile& head) {
  try {
    open_up(connection, head);
    std::string epoch = epoch_of(connection);
    head.write_through({last_seq(connection), epoch});
    return epoch;
  } catch (const Failure& failure) {
    if (failure.corrupt()) refuse_damaged(connection.file(), failure.what());
    throw;
  }
}

const fs::path& swept(const fs::path& folder) {
  remove_leftovers(folder);
  return folder;
}

}  // namespace

RecordFile::RecordFile(const Options& options)
    : x_lock(checked(options.folder)),
      x_head(swept(options.folder)),
      x_connection(opened(ensured(options, x_head))),
      x_epoch(opened_epoch(x_connection, x_head)) {}

std::string epoch_of(const Connection& connection) {
  const auto& meta = connection.meta();
  if (!meta) throw std::runtime_error(connection.file().string() + " has lost its epoch. Put a backup in its place.");
  return meta->epoch;
}

std::string trouble_of_record() {
  const std::scoped_lock lock(guard);
  return trouble;
}

void blame_record(std::string sentence) {
  const std::scoped_lock lock(guard);
  trouble = std::move(sentence);
}

void suspect_damage(const fs::path& record) {
  blame_record(record.string() +
               " is damaged: a page is not as it was written. Look at the disk, and put a backup in its place "
               "(burstctl restore FILE).");
  try {
    ensure_file(suspicion_of(record));
  } catch (const std::runtime_error& failure) {
    spdlog::error("that the record is damaged could not be noted for the next start: {}", failure.what());
  }
}

}  // namespace burstd::store

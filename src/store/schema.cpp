#include "store/schema.hpp"

#include <array>

#include "async/task.hpp"
#include "seal/chain.hpp"
#include "store/files.hpp"
#include "store/identity.hpp"
#include "store/space.hpp"
#include "store/unusable.hpp"

namespace burstd::store {

namespace {

std::int64_t number_of(const Connection& connection, const std::string& pragma) {
  Statement statement = connection.query("PRAGMA " + pragma);
  statement.step();
  return statement.next<std::int64_t>();
}

bool is_empty(const Connection& connection) {
  Statement statement = connection.query("SELECT count(*) FROM sqlite_schema");
  statement.step();
  return statement.next<std::int64_t>() == 0;
}

void set_meta(const Connection& connection) {
  const auto key = seal::random_bytes(seal::key_size);
  connection
      .query("INSERT INTO meta(id, epoch, seal_key, created_at) VALUES (1, ?, ?, ?)", new_epoch(), key,
             async::now().wall)
      .step();
}

// A whole copy beside the record, so that the older release can be put back with its own file.
void keep_copy(const Connection& connection, std::int64_t version) {
  std::filesystem::path copy = connection.file();
  copy += ".v" + std::to_string(version);
  const std::filesystem::path unfinished = copy.string() + ".part";
  std::filesystem::remove(unfinished);
  const std::uint64_t needed = std::filesystem::file_size(connection.file());
  if (free_space(copy.parent_path()) < needed) {
    throw std::runtime_error(
        "The record is to be brought to a new version, and before that a copy is kept: the disk that holds " +
        copy.parent_path().string() + " has less than " + in_mib(needed) + " free for it. Free some space there.");
  }
  connection.query("VACUUM INTO ?", unfinished.string()).step();
  make_private(unfinished);
  replace_durably(unfinished, copy);
}

void take_step(const Connection& connection, std::string_view step, std::size_t version) {
  connection.execute("BEGIN IMMEDIATE");
  try {
    connection.execute(std::string(step));
    if (version == 1) set_meta(connection);
    connection.execute("PRAGMA application_id = " + std::to_string(application_id));
    connection.execute("PRAGMA user_version = " + std::to_string(version));
    connection.execute("COMMIT");
  } catch (...) {
    if (connection.in_transaction()) connection.execute("ROLLBACK");
    throw;
  }
}

}  // namespace

Steps all_steps() {
  static const std::array steps{step_1, step_2, step_3, step_4, step_5, step_6, step_7};
  return steps;
}

std::int64_t version_of(const Connection& connection) { return number_of(connection, "user_version"); }

void check_migratable(const Connection& connection, Steps steps) {
  const auto newest = static_cast<std::int64_t>(steps.size());
  const std::string name = connection.file().string();
  if (!is_empty(connection) && number_of(connection, "application_id") != application_id) {
    throw Unusable(name + " is a database, but not a burstd record. Move it away, or name another folder.");
  }
  const std::int64_t version = version_of(connection);
  if (version <= newest) return;
  throw Unusable(name + " was written by a newer burstd (version " + std::to_string(version) +
                 " of the record, this one knows " + std::to_string(newest) +
                 "). Install the newer burstd again, or put back the copy it made before.");
}

void check_kind(const Connection& connection) {
  if (is_empty(connection)) throw Unusable(connection.file().string() + " is empty. It is no record.");
  check_migratable(connection, all_steps());
}

void migrate(const Connection& connection, Steps steps, bool a_copy) {
  const auto newest = static_cast<std::int64_t>(steps.size());
  check_migratable(connection, steps);
  const std::int64_t version = version_of(connection);
  if (!is_empty(connection) && version < newest && !a_copy) keep_copy(connection, version);
  for (auto step = version; step < newest; ++step) {
    take_step(connection, steps[static_cast<std::size_t>(step)], static_cast<std::size_t>(step) + 1);
  }
}

}  // namespace burstd::store

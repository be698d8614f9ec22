#include "store/schema.hpp"

#include <array>

#include "async/task.hpp"
#include "seal/chain.hpp"
#include "store/files.hpp"
#include "store/identity.hpp"

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
  static const std::array steps{step_1, step_2, step_3, step_4, step_5};
  return steps;
}

void migrate(const Connection& connection, Steps steps) {
  const std::string name = connection.file().string();
  const auto newest = static_cast<std::int64_t>(steps.size());
  const std::int64_t version = number_of(connection, "user_version");
  const bool fresh = is_empty(connection);
  if (!fresh && number_of(connection, "application_id") != application_id) {
    throw std::runtime_error(name + " is a database, but not a burstd record. Move it away, or name another folder.");
  }
  if (version > newest) {
    throw std::runtime_error(name + " was written by a newer burstd (version " + std::to_string(version) +
                             " of the record, this one knows " + std::to_string(newest) +
                             "). Install the newer burstd again, or put back the copy it made before.");
  }
  if (!fresh && version < newest) keep_copy(connection, version);
  for (auto step = version; step < newest; ++step) {
    take_step(connection, steps[static_cast<std::size_t>(step)], static_cast<std::size_t>(step) + 1);
  }
}

}  // namespace burstd::store

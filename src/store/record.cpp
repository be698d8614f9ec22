#include "store/record.hpp"

#include "store/schema.hpp"

namespace burstd::store {

namespace {

const std::filesystem::path& checked(const std::filesystem::path& folder) {
  check_folder(folder);
  return folder;
}

std::filesystem::path ensured(const Options& options) {
  auto file = file_of(options);
  ensure_file(file);
  return file;
}

std::string opened_epoch(const Connection& connection) {
  migrate(connection, all_steps());
  return epoch_of(connection);
}

}  // namespace

RecordFile::RecordFile(const Options& options)
    : x_lock(checked(options.folder)),
      x_connection(ensured(options), Connection::Mode::write),
      x_epoch(opened_epoch(x_connection)) {}

std::string epoch_of(const Connection& connection) {
  const auto& meta = connection.meta();
  if (!meta) throw std::runtime_error(connection.file().string() + " has lost its epoch. Put a backup in its place.");
  return meta->epoch;
}

}  // namespace burstd::store

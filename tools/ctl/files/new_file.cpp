#include "ctl/files/new_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "ctl/files/octets.hpp"

namespace burstd::ctl {

namespace {

[[noreturn]] void fail(const std::filesystem::path& file, int code) {
  const char* const advice = code == ENOSPC || code == EDQUOT || code == EIO ? "Free some space, or name" : "Name";
  throw std::runtime_error(fmt::format("{} could not be written ({}). {} a file in another folder.", file.string(),
                                       std::generic_category().message(code), advice));
}

// A device, a pipe or a folder would not be written into but be gone.
void leave_others_alone(const std::filesystem::path& file) {
  std::error_code ignored;
  const auto there = std::filesystem::status(file, ignored);
  if (!std::filesystem::exists(there) || std::filesystem::is_regular_file(there)) return;
  throw std::runtime_error(file.string() + " exists and is no plain file. Name another file.");
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

// A process has one of a name at a time: one that bears our own number is of another that had it before.
bool is_gone(int writer) {
  if (writer <= 0) return false;
  return writer == ::getpid() || (::kill(writer, 0) != 0 && errno == ESRCH);
}

// "FILE.part-123" of a process that was killed while it wrote.
void remove_orphans(const std::filesystem::path& file) {
  const std::string beginning = file.filename().string() + ".part-";
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder_of(file), ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(beginning)) continue;
    if (is_gone(std::atoi(name.c_str() + beginning.size()))) std::filesystem::remove(entry.path(), ignored);
  }
}

}  // namespace

NewFile::NewFile(std::filesystem::path file)
    : x_file(std::move(file)), x_passing(x_file.string() + ".part-" + std::to_string(::getpid())) {
  leave_others_alone(x_file);
  remove_orphans(x_file);
  x_open = ::open(x_passing.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only);
  if (x_open < 0) fail(x_file, errno);
}

NewFile::~NewFile() {
  ::close(x_open);
  std::error_code ignored;
  std::filesystem::remove(x_passing, ignored);
}

void NewFile::write(std::string_view octets) const {
  if (!write_all(x_open, octets)) fail(x_file, errno);
}

void NewFile::keep(unsigned mode) {
  if (::fchmod(x_open, mode) != 0 || ::fsync(x_open) != 0) fail(x_file, errno);
  std::error_code fault;
  std::filesystem::rename(x_passing, x_file, fault);
  if (fault) fail(x_file, fault.value());
  const int folder = ::open(folder_of(x_file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);
  ::close(folder);
}

}  // namespace burstd::ctl

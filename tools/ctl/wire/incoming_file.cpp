#include "ctl/wire/incoming_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace burstd::ctl {

namespace {

[[noreturn]] void fail(const std::filesystem::path& file, int code) {
  const char* const advice = code == ENOSPC || code == EDQUOT || code == EIO ? "Free some space, or name" : "Name";
  throw std::runtime_error(fmt::format("could not write {} ({}). {} a file in another folder.", file.string(),
                                       std::generic_category().message(code), advice));
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

// "FILE.part-123" of a process that was killed while it wrote.
void remove_orphans(const std::filesystem::path& file) {
  const std::string beginning = file.filename().string() + ".part-";
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder_of(file), ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(beginning)) continue;
    const int writer = std::atoi(name.c_str() + beginning.size());
    if (writer > 0 && ::kill(writer, 0) != 0 && errno == ESRCH) std::filesystem::remove(entry.path(), ignored);
  }
}

}  // namespace

IncomingFile::IncomingFile(std::filesystem::path file)
    : x_file(std::move(file)), x_passing(x_file.string() + ".part-" + std::to_string(::getpid())) {
  remove_orphans(x_file);
  constexpr mode_t owner_only = 0600;
  x_open = ::open(x_passing.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only);
  if (x_open < 0) fail(x_passing, errno);
}

IncomingFile::~IncomingFile() {
  ::close(x_open);
  std::error_code ignored;
  std::filesystem::remove(x_passing, ignored);
}

void IncomingFile::write(std::string_view octets) const {
  while (!octets.empty()) {
    const auto written = ::write(x_open, octets.data(), octets.size());
    if (written < 0 && errno != EINTR) fail(x_passing, errno);
    octets.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
  }
}

void IncomingFile::keep() {
  if (::fsync(x_open) != 0) fail(x_passing, errno);
  std::filesystem::rename(x_passing, x_file);
  const int folder = ::open(folder_of(x_file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);
  ::close(folder);
}

}  // namespace burstd::ctl

#include "store/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace burstd::store {

namespace {

constexpr mode_t owner_only = S_IRUSR | S_IWUSR;

[[noreturn]] void refuse(const std::string& sentence) { throw std::runtime_error(sentence); }

std::string reason(int code) { return std::generic_category().message(code); }

[[noreturn]] void refuse_file(const std::filesystem::path& file, int code) {
  if (code == ENOSPC || code == EDQUOT) {
    refuse("The disk that holds " + file.string() + " is full. Free some space there and start again.");
  }
  refuse("Could not open " + file.string() + " (" + reason(code) +
         "). See that burstd's user may read and write it and its folder.");
}

int open_or_refuse(const std::filesystem::path& file, int flags) {
  const int number = ::open(file.c_str(), flags | O_CLOEXEC, owner_only);
  if (number < 0) refuse_file(file, errno);
  return number;
}

std::string holder(int lock) {
  std::array<char, 32> content{};
  const auto size = ::pread(lock, content.data(), content.size(), 0);
  std::string pid(content.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  while (!pid.empty() && pid.back() == '\n') pid.pop_back();
  return pid.empty() ? "unknown" : pid;
}

}  // namespace

Descriptor::~Descriptor() { ::close(x_number); }

OpenFile::OpenFile(const OpenFile& other) : x_descriptor(::fcntl(other.number(), F_DUPFD_CLOEXEC, 0)) {
  if (number() < 0) refuse("No more files may be open (" + reason(errno) + ").");
}

Lock::Lock(const std::filesystem::path& folder) : x_file(open_or_refuse(folder / "burstd.lock", O_RDWR | O_CREAT)) {
  if (::flock(x_file.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) refuse("Could not lock the record in " + folder.string() + " (" + reason(errno) + ").");
    refuse("Another burstd uses this record (PID " + holder(x_file.number()) + ", " + folder.string() +
           "). Stop it first, or name another folder.");
  }
  make_private(folder / "burstd.lock");
  const std::string pid = std::to_string(::getpid()) + "\n";
  const bool written = ::ftruncate(x_file.number(), 0) == 0 &&
                       ::pwrite(x_file.number(), pid.data(), pid.size(), 0) == static_cast<ssize_t>(pid.size());
  if (!written) refuse_file(folder / "burstd.lock", errno);
}

std::filesystem::path file_of(const Options& options) { return options.folder / "burstd.db"; }

void check_folder(const std::filesystem::path& folder) {
  std::error_code fault;
  if (!std::filesystem::is_directory(folder, fault)) {
    const bool exists = std::filesystem::exists(folder, fault);
    refuse(exists ? folder.string() + " is no folder. The record needs a folder of its own."
                  : "The folder " + folder.string() +
                        " of the record is missing. Create it with mode 0700 for burstd's user.");
  }
  if (::access(folder.c_str(), R_OK | W_OK | X_OK) != 0) {
    const char* const advice = errno == EROFS
                                   ? "Where systemd runs burstd, other folders than its own are read-only to it: mount "
                                     "the disk at /var/lib/burstd, or say ReadWritePaths= (systemctl edit burstd)."
                                   : "Give it to burstd's user with mode 0700.";
    refuse("The folder " + folder.string() + " of the record may not be written (" + reason(errno) + "). " + advice);
  }
}

void ensure_file(const std::filesystem::path& file) {
  const Descriptor created(open_or_refuse(file, O_RDWR | O_CREAT));
  make_private(file);
}

void make_private(const std::filesystem::path& file) {
  struct stat found {};
  if (::stat(file.c_str(), &found) != 0) refuse_file(file, errno);
  constexpr mode_t permissions = S_IRWXU | S_IRWXG | S_IRWXO;
  if ((found.st_mode & permissions) == owner_only) return;
  if (::chmod(file.c_str(), owner_only) != 0) {
    refuse("The mode of " + file.string() + " is another than 0600, and cannot be changed (" + reason(errno) +
           "). Give it to burstd's user with mode 0600.");
  }
}

void synchronise(const std::filesystem::path& file) {
  const Descriptor open(open_or_refuse(file, O_RDONLY));
  if (::fsync(open.number()) != 0) refuse("Could not write " + file.string() + " to the disk (" + reason(errno) + ").");
}

void replace_durably(const std::filesystem::path& from, const std::filesystem::path& to) {
  synchronise(from);
  std::filesystem::rename(from, to);
  synchronise(to.parent_path());
}

}  // namespace burstd::store

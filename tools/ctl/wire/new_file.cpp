#include "ctl/wire/new_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace burstd::ctl {

namespace {

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

base::Result<void> replace_file(const std::filesystem::path& file, std::string_view content, int mode) {
  // Hidden, and not ending as a collector looks for it.
  std::string beside = (file.parent_path() / ("." + file.filename().string() + ".XXXXXX")).string();
  const int descriptor = ::mkstemp(beside.data());
  const auto fail = [&] {
    const int cause = errno;
    if (descriptor >= 0) ::unlink(beside.c_str());
    return base::Error{base::Fault::unavailable, "not-written",
                       file.string() + " cannot be written: " + std::strerror(cause) + "."};
  };
  if (descriptor < 0) return fail();
  const bool whole = write_all(descriptor, content) && ::fchmod(descriptor, static_cast<mode_t>(mode)) == 0 &&
                     ::fsync(descriptor) == 0;
  const int cause = errno;
  ::close(descriptor);
  errno = cause;
  if (!whole || std::rename(beside.c_str(), file.c_str()) != 0) return fail();
  return {};
}

}  // namespace burstd::ctl

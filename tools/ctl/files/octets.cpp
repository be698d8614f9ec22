#include "ctl/files/octets.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstddef>

namespace burstd::ctl {

bool write_all(int descriptor, std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t written = ::write(descriptor, octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace burstd::ctl

#include "sim/pty.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace burstd::sim {

namespace {

base::Error trouble(const std::string& what) {
  const std::string why = std::generic_category().message(errno);
  return base::Error{base::Fault::broken, "pty-failed", what + ": " + why + "."};
}

void make_raw(int slave) {
  termios settings{};
  if (tcgetattr(slave, &settings) != 0) return;
  cfmakeraw(&settings);
  tcsetattr(slave, TCSANOW, &settings);
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(x_number, other.x_number);
  return *this;
}

Descriptor::~Descriptor() {
  if (x_number >= 0) ::close(x_number);
}

base::Result<Pty> open_pty(std::uint32_t mode) {
  Pty pty;
  pty.master = Descriptor(posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
  if (pty.master.get() < 0) return trouble("No pseudo-terminal could be had");
  std::array<char, 128> path{};
  if (grantpt(pty.master.get()) != 0 || unlockpt(pty.master.get()) != 0 ||
      ptsname_r(pty.master.get(), path.data(), path.size()) != 0) {
    return trouble("A pseudo-terminal could not be set up");
  }
  pty.path = path.data();
  pty.slave = Descriptor(open(path.data(), O_RDWR | O_NOCTTY | O_CLOEXEC));
  if (pty.slave.get() < 0) return trouble("The pseudo-terminal " + pty.path + " could not be opened");
  if (fchmod(pty.slave.get(), mode) != 0) return trouble("The mode of " + pty.path + " could not be set");
  make_raw(pty.slave.get());
  return pty;
}

void refresh(const Pty& pty) {
  ioctl(pty.slave.get(), TIOCNXCL);
  tcflush(pty.slave.get(), TCIFLUSH);
  make_raw(pty.slave.get());
}

bool take(const Pty& pty) {
  return flock(pty.slave.get(), LOCK_EX | LOCK_NB) == 0 && ioctl(pty.slave.get(), TIOCEXCL) == 0;
}

void leave(const Pty& pty) {
  flock(pty.slave.get(), LOCK_UN);
  ioctl(pty.slave.get(), TIOCNXCL);
}

base::Result<void> make_link(const std::string& link, const std::string& target) {
  std::error_code failure;
  const auto kind = std::filesystem::symlink_status(link, failure).type();
  if (kind != std::filesystem::file_type::not_found && kind != std::filesystem::file_type::symlink) {
    return base::Error{base::Fault::conflict, "link-taken", link + " exists and is no link; name another --dir."};
  }
  std::filesystem::remove(link, failure);
  std::filesystem::create_symlink(target, link, failure);
  if (!failure) return {};
  return base::Error{base::Fault::broken, "link-failed", link + " could not be made: " + failure.message() + "."};
}

void remove_link(const std::string& link) {
  std::error_code ignored;
  if (std::filesystem::is_symlink(link, ignored)) std::filesystem::remove(link, ignored);
}

}  // namespace burstd::sim

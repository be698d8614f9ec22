#include "pty.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace burstd::serial {

Pty::Pty() : x_master(::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)) {
  std::array<char, 64> name{};
  if (x_master < 0 || ::grantpt(x_master) != 0 || ::unlockpt(x_master) != 0 ||
      ::ptsname_r(x_master, name.data(), name.size()) != 0)
    throw std::runtime_error("no pseudo-terminal to be had");
  x_path = name.data();
  termios mode{};
  ::tcgetattr(x_master, &mode);
  ::cfmakeraw(&mode);
  ::tcsetattr(x_master, TCSANOW, &mode);
}

Pty::~Pty() { unplug(); }

void Pty::say(std::string_view octets) const {
  if (::write(x_master, octets.data(), octets.size()) != static_cast<ssize_t>(octets.size()))
    throw std::runtime_error("the pseudo-terminal takes nothing");
}

std::string Pty::heard() const {
  std::array<char, 65536> buffer{};
  const ssize_t count = ::read(x_master, buffer.data(), buffer.size());
  return count > 0 ? std::string(buffer.data(), static_cast<std::size_t>(count)) : std::string();
}

void Pty::unplug() {
  const int master = std::exchange(x_master, -1);
  if (master >= 0) ::close(master);
}

}  // namespace burstd::serial

// The far end of a pseudo-terminal that says and does nothing by itself: what is written to it can be seen octet by
// octet. For the tests of Terminal and Finder.
#pragma once

#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string>

namespace burstd::modem {

class RawEnd {
 public:
  RawEnd() : x_master(::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)) {
    std::array<char, 64> name{};
    if (x_master < 0 || ::grantpt(x_master) != 0 || ::unlockpt(x_master) != 0 ||
        ::ptsname_r(x_master, name.data(), name.size()) != 0)
      throw std::runtime_error("no pseudo-terminal");
    x_path = name.data();
    termios mode{};
    ::tcgetattr(x_master, &mode);
    ::cfmakeraw(&mode);
    ::tcsetattr(x_master, TCSANOW, &mode);
  }
  ~RawEnd() { ::close(x_master); }
  RawEnd(const RawEnd&) = delete;
  RawEnd& operator=(const RawEnd&) = delete;

  const std::string& path() const { return x_path; }

  void say(const std::string& octets) const { (void)!::write(x_master, octets.data(), octets.size()); }

  // What has come since the last call, without waiting.
  std::string heard() const {
    std::array<char, 4096> buffer{};
    const ssize_t count = ::read(x_master, buffer.data(), buffer.size());
    return count > 0 ? std::string(buffer.data(), static_cast<std::size_t>(count)) : std::string();
  }

 private:
  int x_master;
  std::string x_path;
};

}  // namespace burstd::modem

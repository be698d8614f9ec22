#include "serial/tty.hpp"

#include <fcntl.h>
#include <libserialport.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

namespace burstd::serial {

namespace {

using base::Error;
using base::Fault;

// UNIX98 pseudo-terminals, the far ends (Documentation/admin-guide/devices.txt of Linux).
constexpr unsigned first_pty = 136;
constexpr unsigned last_pty = 143;

std::string reason(int number) { return std::generic_category().message(number); }

Error failure(const Settings& settings, int number) {
  const std::string& path = settings.path;
  switch (number) {
    case ENOENT:
    case ENODEV:
    case ENXIO:
      return Error{Fault::missing, "port-missing",
                   "The port " + path + " does not exist. Plug the modem in, or correct the path of its port."};
    case ENOTDIR:
    case ELOOP:
    case ENAMETOOLONG:
      return Error{
          Fault::refused, "port-path-wrong",
          "The path " + path + " can lead to no port: " + reason(number) + ". Correct the path of the modem's port."};
    case EBUSY:
    case EWOULDBLOCK:
      return Error{Fault::unavailable, "port-busy",
                   "The port " + path + " is held by another process. Stop that program; `fuser " + path +
                       "`, run by root, names it."};
    case EACCES:
    case EPERM:
      return Error{Fault::refused, "port-forbidden",
                   "The port " + path +
                       " may not be opened by this user. Give its group to the service (udev rule), or add the user to "
                       "the port's group."};
    case ENOTTY:
      return Error{Fault::refused, "port-not-tty",
                   "The path " + path + " is not a serial port. Correct the path of the modem's port."};
    default:
      return Error{
          Fault::broken, "port-broken",
          "The port " + path + " cannot be opened: " + reason(number) + ". Unplug the modem and plug it in again."};
  }
}

// libserialport knows ports by the names of /sys/class/tty, hence never by a symbolic link.
base::Result<std::string> resolved(const Settings& settings) {
  const std::unique_ptr<char, decltype(&::free)> real(::realpath(settings.path.c_str(), nullptr), &::free);
  if (!real) return failure(settings, errno);
  return std::string(real.get());
}

base::Result<unsigned> major_of(const Settings& settings, const std::string& real) {
  struct stat found {};
  if (::stat(real.c_str(), &found) != 0) return failure(settings, errno);
  if (!S_ISCHR(found.st_mode)) return failure(settings, ENOTTY);
  if (::access(real.c_str(), R_OK | W_OK) != 0) return failure(settings, errno);
  return major(found.st_rdev);
}

// The kernel's lock refuses later openings, flock finds those who opened earlier or have root's rights.
std::optional<int> claim(int descriptor) {
  if (::isatty(descriptor) == 0) return ENOTTY;
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) return errno;
  if (::ioctl(descriptor, TIOCEXCL) != 0) return errno;
  return std::nullopt;
}

// Raw, deaf to modem lines; DTR stays up when we close, for some modems restart when it falls.
std::optional<int> make_raw(int descriptor) {
  termios mode{};
  if (::tcgetattr(descriptor, &mode) != 0) return errno;
  ::cfmakeraw(&mode);
  mode.c_cflag |= CLOCAL | CREAD;
  mode.c_cflag &= ~static_cast<tcflag_t>(HUPCL);
  mode.c_cc[VMIN] = 1;
  mode.c_cc[VTIME] = 0;
  if (::tcsetattr(descriptor, TCSANOW, &mode) != 0) return errno;
  return std::nullopt;
}

base::Result<Tty> open_pty(const Settings& settings, const std::string& real) {
  const int descriptor = ::open(real.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return failure(settings, errno);
  auto trouble = claim(descriptor);
  if (!trouble) trouble = make_raw(descriptor);
  if (!trouble) return Tty{descriptor, nullptr};
  ::close(descriptor);
  return failure(settings, *trouble);
}

bool set_line(sp_port* line, const Settings& settings) {
  return sp_set_baudrate(line, settings.baud) == SP_OK && sp_set_bits(line, 8) == SP_OK &&
         sp_set_parity(line, SP_PARITY_NONE) == SP_OK && sp_set_stopbits(line, 1) == SP_OK &&
         sp_set_flowcontrol(line, SP_FLOWCONTROL_NONE) == SP_OK;
}

Error line_failure(const Settings& settings, sp_return answer) {
  if (answer == SP_ERR_FAIL) return failure(settings, sp_last_error_code());
  return failure(settings, answer == SP_ERR_ARG ? ENOTTY : ENOMEM);
}

base::Result<Tty> open_line(const Settings& settings, const std::string& real) {
  sp_port* found = nullptr;
  if (const sp_return answer = sp_get_port_by_name(real.c_str(), &found); answer != SP_OK)
    return line_failure(settings, answer);
  std::unique_ptr<sp_port, CloseSerialPort> line(found);
  if (const sp_return answer = sp_open(found, SP_MODE_READ_WRITE); answer != SP_OK)
    return line_failure(settings, answer);
  int descriptor = -1;
  if (sp_get_port_handle(found, &descriptor) != SP_OK) return failure(settings, EBADF);
  if (const auto trouble = claim(descriptor)) return failure(settings, *trouble);
  if (!set_line(found, settings)) return failure(settings, sp_last_error_code());
  if (const auto trouble = make_raw(descriptor)) return failure(settings, *trouble);
  return Tty{descriptor, std::move(line)};
}

}  // namespace

void CloseSerialPort::operator()(sp_port* port) const {
  sp_close(port);
  sp_free_port(port);
}

base::Result<Tty> open_tty(const Settings& settings) {
  const auto real = resolved(settings);
  if (!real) return real.error();
  const auto device = major_of(settings, *real);
  if (!device) return device.error();
  const bool pty = *device >= first_pty && *device <= last_pty;
  return pty ? open_pty(settings, *real) : open_line(settings, *real);
}

void discard_output(int descriptor) { ::tcflush(descriptor, TCOFLUSH); }

}  // namespace burstd::serial

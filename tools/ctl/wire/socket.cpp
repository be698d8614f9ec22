#include "ctl/wire/socket.hpp"

#include <fmt/format.h>
#include <grp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <utility>

namespace burstd::ctl {

namespace {

// The group that owns the file, when its members may use it. That of root is nobody's to join.
std::optional<std::string> group_of(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0 || status.st_gid == 0) return {};
  const mode_t needed = S_ISDIR(status.st_mode) ? S_IXGRP : S_IWGRP;
  if ((status.st_mode & needed) == 0) return {};
  const group* owner = getgrgid(status.st_gid);
  if (owner == nullptr) return fmt::format("{}", status.st_gid);
  return std::string(owner->gr_name);
}

// The socket, or the folder above it that keeps us from even seeing it.
std::string barred_by(const std::string& path) {
  struct stat status {};
  std::filesystem::path place(path);
  while (stat(place.c_str(), &status) != 0 && place.has_parent_path() && place != place.parent_path()) {
    place = place.parent_path();
  }
  return place.string();
}

base::Error no_permission(const std::string& path) {
  return {base::Fault::refused, "no-permission", barred_in_words(path, group_of(barred_by(path)))};
}

base::Error not_reachable(const std::string& path, const std::string& why) {
  return {base::Fault::unavailable, "not-reachable",
          fmt::format("no gateway answers on {}: {}. Is burstd running? (systemctl status burstd)", path, why)};
}

std::string in_words(int error) {
  if (error == ENOENT) return "the socket does not exist";
  if (error == ECONNREFUSED) return "nobody listens there";
  if (error == EAGAIN) return "it accepts nobody";
  if (error == ENOTSOCK || error == EPROTOTYPE) return "it is not a stream socket";
  return std::strerror(error);
}

}  // namespace

std::string barred_in_words(const std::string& path, const std::optional<std::string>& group) {
  const std::string head = fmt::format("no permission to talk to the gateway on {}.\n", path);
  if (group) {
    return head +
           fmt::format(
               "Ask an administrator to add you to the group \"{0}\" (sudo adduser $USER {0}), then log in again.",
               *group);
  }
  return head +
         "No group of users may use it yet. Ask an administrator to name one as \"group\" in the section \"api\" of "
         "/etc/burstd/burstd.yaml (api.group), to restart burstd and to add you to that group; then log in again.";
}

base::Result<Socket> Socket::connect(const std::string& path, base::Milliseconds patience) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof(address.sun_path)) {
    return not_reachable(path, fmt::format("a socket's path has 1 to {} characters", sizeof(address.sun_path) - 1));
  }
  path.copy(address.sun_path, path.size());
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return not_reachable(path, in_words(errno));
  Socket socket(fd, patience);
  const auto whole = std::chrono::ceil<std::chrono::seconds>(patience);
  const timeval longest{whole.count(), 0};  // connect() waits so long when the gateway's backlog is full
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &longest, sizeof(longest));
  const void* where = &address;
  if (::connect(fd, static_cast<const sockaddr*>(where), sizeof(address)) == 0) return socket;
  const int error = errno;
  if (error == EACCES || error == EPERM) return no_permission(path);
  return not_reachable(path, in_words(error));
}

Socket::Socket(Socket&& other) noexcept : x_fd(std::exchange(other.x_fd, -1)), x_patience(other.x_patience) {}

Socket::~Socket() {
  if (x_fd >= 0) ::close(x_fd);
}

bool Socket::ready(short events, boost::system::error_code& failure) const {
  pollfd waiting{x_fd, events, 0};
  const auto end = std::chrono::steady_clock::now() + x_patience;
  while (true) {
    const auto left = std::chrono::ceil<base::Milliseconds>(end - std::chrono::steady_clock::now()).count();
    const int found = left > 0 ? ::poll(&waiting, 1, static_cast<int>(left)) : 0;
    if (found > 0) return true;
    if (found < 0 && errno == EINTR) continue;
    failure = {found == 0 ? ETIMEDOUT : errno, boost::system::system_category()};
    return false;
  }
}

std::size_t Socket::read(void* octets, std::size_t size, boost::system::error_code& failure) {
  if (!ready(POLLIN, failure)) return 0;
  const ssize_t got = ::recv(x_fd, octets, size, 0);
  if (got < 0) failure = {errno, boost::system::system_category()};
  return got > 0 ? static_cast<std::size_t>(got) : 0;
}

std::size_t Socket::write(const void* octets, std::size_t size, boost::system::error_code& failure) {
  if (!ready(POLLOUT, failure)) return 0;
  const ssize_t put = ::send(x_fd, octets, size, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (put < 0) failure = {errno, boost::system::system_category()};
  return put > 0 ? static_cast<std::size_t>(put) : 0;
}

}  // namespace burstd::ctl

#include "http/listener.hpp"

#include <fcntl.h>
#include <grp.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

namespace burstd::http {

namespace {

using base::Error;
using base::Fault;
using base::Result;

std::string reason() { return std::generic_category().message(errno); }

Error cannot(const std::string& what, const std::string& path) {
  return Error{Fault::broken, "socket-failed", "Cannot " + what + " the socket " + path + ": " + reason() + "."};
}

Error in_use(const std::string& path) {
  return Error{Fault::conflict, "socket-in-use",
               "Another burstd is running on " + path + "; stop it first, or give this one another socket."};
}

// A descriptor that closes itself.
class Owned {
 public:
  explicit Owned(int descriptor) : x_descriptor(descriptor) {}
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() {
    if (x_descriptor >= 0) ::close(x_descriptor);
  }
  int get() const { return x_descriptor; }

 private:
  int x_descriptor;
};

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  return address;
}

int connect_to(const sockaddr_un& address, int descriptor) {
  return ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

int bind_to(const sockaddr_un& address, int descriptor) {
  return ::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

Result<void> check_path(const std::string& path) {
  if (path.empty() || path.front() != '/') {
    return Error{Fault::malformed, "socket-path-invalid", "The socket path \"" + path + "\" must begin with \"/\"."};
  }
  if (path.size() >= sizeof(sockaddr_un::sun_path)) {
    return Error{Fault::malformed, "socket-path-invalid",
                 "The socket path " + path + " is too long; the kernel takes 107 octets."};
  }
  return {};
}

// Holds the directory while the socket is made: of two servers that begin at once, one must not take the other's
// new socket for a stale one.
Result<void> lock_directory(const Owned& directory, const std::string& name) {
  if (directory.get() < 0) {
    return Error{Fault::missing, "socket-directory-missing",
                 "The directory " + name + " of the socket cannot be opened (" + reason() +
                     "); create it, owned by the user that burstd runs as."};
  }
  if (::flock(directory.get(), LOCK_EX | LOCK_NB) != 0) return in_use(name);
  return {};
}

// Removes a socket file that nobody listens on; anything else in the way is an error.
Result<void> clear_way(const std::string& path) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0) {
    if (errno == ENOENT) return {};
    return cannot("look at", path);
  }
  if (!S_ISSOCK(found.st_mode)) {
    return Error{Fault::conflict, "socket-path-taken",
                 path + " exists and is not a socket; remove it, or give burstd another socket path."};
  }
  const Owned probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (probe.get() < 0) return cannot("probe", path);
  if (connect_to(address_of(path), probe.get()) == 0 || errno == EAGAIN) return in_use(path);
  if (errno != ECONNREFUSED) return cannot("probe", path);
  if (::unlink(path.c_str()) != 0) return cannot("replace", path);
  return {};
}

Result<gid_t> find_group(const std::string& name) {
  std::array<char, 16384> space{};
  group entry{};
  group* found = nullptr;
  ::getgrnam_r(name.c_str(), &entry, space.data(), space.size(), &found);
  if (found == nullptr) {
    return Error{Fault::missing, "socket-group-unknown",
                 "There is no group \"" + name + "\" to give the socket to; create it with groupadd, or name another."};
  }
  return entry.gr_gid;
}

Result<void> dress(const Options& options) {
  const std::string& path = options.socket_path;
  if (options.group) {
    const Result<gid_t> group = find_group(*options.group);
    if (!group) return group.error();
    if (::lchown(path.c_str(), static_cast<uid_t>(-1), *group) != 0) {
      return cannot("give to group \"" + *options.group + "\"", path);
    }
  }
  if (::chmod(path.c_str(), options.mode) != 0) return cannot("set the mode of", path);
  return {};
}

}  // namespace

Result<Listener> Listener::open(const Options& options) {
  const std::string& path = options.socket_path;
  if (const Result<void> checked = check_path(path); !checked) return checked.error();
  const std::string parent = std::filesystem::path(path).parent_path().string();
  const Owned directory(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (const Result<void> locked = lock_directory(directory, parent); !locked) return locked.error();
  if (const Result<void> cleared = clear_way(path); !cleared) return cleared.error();

  Listener listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (listener.x_descriptor < 0) return cannot("make", path);
  if (const Result<void> established = listener.establish(options); !established) return established.error();
  return listener;
}

// Nobody can connect before listen(), hence mode and group are right from the first client on.
Result<void> Listener::establish(const Options& options) {
  const std::string& path = options.socket_path;
  if (bind_to(address_of(path), x_descriptor) != 0) return cannot("make", path);
  x_path = path;
  struct stat made {};
  if (::lstat(path.c_str(), &made) != 0) return cannot("look at", path);
  x_device = made.st_dev;
  x_inode = made.st_ino;
  if (const Result<void> dressed = dress(options); !dressed) return dressed.error();
  if (::listen(x_descriptor, SOMAXCONN) != 0) return cannot("listen on", path);
  return {};
}

Result<Listener> Listener::adopt(int descriptor) {
  int listens = 0;
  socklen_t size = sizeof listens;
  sockaddr_storage address{};
  socklen_t address_size = sizeof address;
  const bool good = ::getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 && listens != 0 &&
                    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &address_size) == 0 &&
                    address.ss_family == AF_UNIX;
  if (!good) {
    return Error{Fault::malformed, "socket-not-listening",
                 "The descriptor handed over is not a listening Unix stream socket; check the socket unit."};
  }
  return Listener(descriptor);
}

Listener::Listener(Listener&& other) noexcept
    : x_descriptor(std::exchange(other.x_descriptor, -1)),
      x_path(std::exchange(other.x_path, {})),
      x_device(other.x_device),
      x_inode(other.x_inode) {}

Listener::~Listener() {
  remove();
  if (x_descriptor >= 0) ::close(x_descriptor);
}

int Listener::release() { return std::exchange(x_descriptor, -1); }

void Listener::remove() {
  const std::string path = std::exchange(x_path, {});
  if (path.empty()) return;
  struct stat found {};
  const bool ours = ::lstat(path.c_str(), &found) == 0 && found.st_dev == x_device && found.st_ino == x_inode;
  if (ours) ::unlink(path.c_str());
}

}  // namespace burstd::http

#include "serial/inotify.hpp"

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <system_error>

namespace burstd::serial {

namespace {

constexpr std::uint32_t told = IN_CREATE | IN_DELETE | IN_MOVE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

}  // namespace

base::Result<int> open_inotify() {
  const int descriptor = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (descriptor >= 0) return descriptor;
  return base::Error{
      base::Fault::exhausted, "watch-refused",
      "The system gives no notice of devices that come and go: " + std::generic_category().message(errno) +
          ". Raise fs.inotify.max_user_instances; until then ports are looked for from time to time."};
}

int watch_folder(int inotify, const std::string& folder) {
  const int number = ::inotify_add_watch(inotify, folder.c_str(), told);
  return number >= 0 ? number : -errno;
}

void forget_folder(int inotify, int folder) { ::inotify_rm_watch(inotify, folder); }

std::vector<Notice> read_notices(int inotify) {
  std::vector<Notice> notices;
  std::array<char, 8192> buffer{};
  for (;;) {
    const auto size = ::read(inotify, buffer.data(), buffer.size());
    if (size <= 0) return notices;
    for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
      inotify_event event{};
      std::memcpy(&event, buffer.data() + at, sizeof event);
      const char* name = buffer.data() + at + sizeof event;
      notices.push_back(Notice{event.wd, std::string(name, ::strnlen(name, event.len))});
      at += sizeof event + event.len;
    }
  }
}

}  // namespace burstd::serial

#include "sim/openings.hpp"

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace burstd::sim {

namespace {

int new_inotify() {
  const int number = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (number < 0) throw std::system_error(errno, std::generic_category(), "inotify is not to be had");
  return number;
}

}  // namespace

Openings::Openings(const async::Executor& executor) : x_inotify(executor, new_inotify()) {}

base::Result<int> Openings::watch(const std::string& path, Heard heard) {
  const int watch = inotify_add_watch(x_inotify.native_handle(), path.c_str(), IN_OPEN | IN_CLOSE);
  if (watch < 0) {
    const std::string why = std::generic_category().message(errno);
    return base::Error{base::Fault::broken, "watch-failed", path + " cannot be watched: " + why + "."};
  }
  x_watches.insert_or_assign(watch, std::move(heard));
  return watch;
}

void Openings::forget(int watch) {
  x_watches.erase(watch);
  inotify_rm_watch(x_inotify.native_handle(), watch);
}

void Openings::drain() {
  if (!x_inotify.is_open()) return;
  std::array<char, 4096> buffer{};
  for (;;) {
    const auto size = ::read(x_inotify.native_handle(), buffer.data(), buffer.size());
    if (size <= 0) return;
    for (std::size_t place = 0; place < static_cast<std::size_t>(size);) {
      inotify_event event{};
      std::memcpy(&event, buffer.data() + place, sizeof event);
      place += sizeof event + event.len;
      const auto found = x_watches.find(event.wd);
      const bool told = (event.mask & (IN_OPEN | IN_CLOSE)) != 0;
      if (told && found != x_watches.end()) found->second((event.mask & IN_OPEN) != 0);
    }
  }
}

async::Task<> Openings::run() {
  for (;;) {
    boost::system::error_code failure;
    auto token = boost::asio::redirect_error(boost::asio::use_awaitable, failure);
    co_await x_inotify.async_wait(boost::asio::posix::stream_descriptor::wait_read, token);
    if (failure) co_return;
    drain();
  }
}

}  // namespace burstd::sim

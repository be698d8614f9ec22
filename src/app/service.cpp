#include "app/service.hpp"

#include <systemd/sd-daemon.h>

#include <stdexcept>
#include <string>

namespace burstd::app {

Service::Service() {
  std::uint64_t micros = 0;
  // A third of the allowance: two pings may be late.
  if (sd_watchdog_enabled(0, &micros) > 0) x_watchdog = std::chrono::milliseconds{micros / 3000};
}

std::optional<int> Service::take_socket() const {
  const int count = sd_listen_fds(1);
  if (count <= 0) return std::nullopt;
  const bool fits = count == 1 && sd_is_socket_unix(SD_LISTEN_FDS_START, SOCK_STREAM, 1, nullptr, 0) > 0;
  if (!fits)
    throw std::runtime_error("systemd must hand over exactly one listening Unix stream socket; see burstd.socket.");
  return SD_LISTEN_FDS_START;
}

void Service::extend_start(std::chrono::seconds more) const {
  sd_notify(0, ("EXTEND_TIMEOUT_USEC=" + std::to_string(std::chrono::microseconds{more}.count())).c_str());
}

void Service::ready() const { sd_notify(0, "READY=1"); }

void Service::stopping() const { sd_notify(0, "STOPPING=1"); }

void Service::status(const std::string& text) {
  if (text == x_status) return;
  x_status = text;
  sd_notify(0, ("STATUS=" + text).c_str());
}

void Service::alive() const { sd_notify(0, "WATCHDOG=1"); }

}  // namespace burstd::app

// The daemon as a service of systemd: what it tells (READY, STATUS, STOPPING, WATCHDOG) and what it is handed (a
// listening socket). Without systemd every call does nothing and there is no socket. The daemon's loop uses it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace burstd::app {

class Service {
 public:
  Service();

  // The one Unix socket of the .socket unit. Throws std::runtime_error when systemd hands over something else.
  std::optional<int> take_socket() const;

  // Not ready yet, but on the way: the start may take so much longer from now on.
  void extend_start(std::chrono::seconds more) const;

  void ready() const;
  void stopping() const;

  // Shown by `systemctl status`; told only when it differs from the last.
  void status(const std::string& text);

  // How often alive() is due; nothing when nobody watches.
  std::optional<std::chrono::milliseconds> watchdog() const { return x_watchdog; }
  void alive() const;

 private:
  std::string x_status;
  std::optional<std::chrono::milliseconds> x_watchdog;
};

}  // namespace burstd::app

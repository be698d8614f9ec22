#include "sim/silent_port.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace burstd::sim {

base::Result<std::unique_ptr<SilentPort>> SilentPort::make(Openings& openings, std::uint32_t mode) {
  auto pty = open_pty(mode);
  if (!pty) return pty.error();
  auto port = std::make_unique<SilentPort>(openings, std::move(*pty));
  SilentPort& made = *port;
  const auto watch = openings.watch(port->path(), [&made](bool opened) { made.opening(opened); });
  if (!watch) return watch.error();
  port->x_watch = *watch;
  return port;
}

// What was written to it is thrown away after the last close; one opening may write as much as a pty holds.
void SilentPort::opening(bool opened) {
  x_openers = std::max(0, x_openers + (opened ? 1 : -1));
  if (x_openers != 0) return;
  std::array<char, 4096> buffer{};
  while (::read(x_pty.master.get(), buffer.data(), buffer.size()) > 0) {
  }
  refresh(x_pty);
}

}  // namespace burstd::sim

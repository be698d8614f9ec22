// A tty as a stream of octets: opened for us alone, raw 8N1, symbolic links followed at every opening.
// modem reads and writes it. It knows nothing of AT, does not wait for a port to appear and never flushes input.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "async/task.hpp"
#include "base/result.hpp"

namespace burstd::serial {

struct Settings {
  std::string path;
  int baud = 115200;
};

// Whether anything stands at the path. Cheap; follows symbolic links.
bool exists(const std::string& path);

class Port {
 public:
  // Codes: "port-missing", "port-path-wrong", "port-not-tty", "port-busy", "port-forbidden", "port-broken".
  static base::Result<Port> open(const async::Executor& executor, const Settings& settings);

  Port(Port&&) noexcept;
  Port& operator=(Port&&) noexcept;
  ~Port();

  // At least one octet, or the error "port-gone": unplugged, hung up or closed by us.
  async::Task<base::Result<std::string>> read_some();

  // All of it, or the error "port-gone"; then any part of it may have left.
  async::Task<base::Result<void>> write(std::string_view octets);

  // Ends a pending read and write as if the port were gone, which it is not: nothing is lost, the next read goes on.
  void interrupt();

  // Ends a pending read and write with "port-gone". May be called again.
  void close();

 private:
  struct Device;
  explicit Port(std::unique_ptr<Device> device);

  std::unique_ptr<Device> x_device;
};

}  // namespace burstd::serial

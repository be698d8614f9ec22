// A pretended /sys and /dev below one folder, as far as a daemon reads them to find USB serial ports. usb_bus says what
// is plugged in. It holds no port and knows no modem; what the system refuses is thrown as std::filesystem's error.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace burstd::sim {

struct UsbDevice {
  std::string socket;  // "1-1"
  std::string id;      // "1209:0001"
  std::string serial;  // empty: the device says none
  std::string maker, product;
};

struct UsbInterface {
  int number = 0;
  std::string function;  // "ff/00/00"
};

bool is_socket(const std::string& text);
bool is_usb_id(const std::string& text);

class UsbTree {
 public:
  using Path = std::filesystem::path;

  explicit UsbTree(const std::string& home) : x_home(home) {}

  // Empty folders, in place of those that a killed simulator has left; refuses to replace any other.
  base::Result<void> make();
  void take_down();

  void add_device(const UsbDevice& device);
  void remove_device(const std::string& socket);

  void add_interface(const std::string& socket, const UsbInterface& interface);
  // The node is a link to the target; /sys knows the port before /dev does.
  Path add_port(const std::string& socket, int interface, const std::string& target);
  // The device's interfaces and ports; /sys forgets them before /dev does.
  void remove_interfaces(const std::string& socket);

  // A node without a device, under the lowest number that is free.
  Path add_node(const std::string& kind);

  Path switch_of(const std::string& socket) const { return folder_of(socket) / "authorized"; }

 private:
  Path sys() const { return x_home / "sys"; }
  Path dev() const { return x_home / "dev"; }
  Path mark() const { return x_home / "made-by-burst-modem-sim"; }
  Path folder_of(const std::string& socket) const;
  Path free_node(const std::string& kind) const;

  Path x_home;
};

}  // namespace burstd::sim

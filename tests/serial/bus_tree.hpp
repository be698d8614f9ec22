// A folder like /sys and one like /dev, as the kernel lays them out for USB serial ports, for the tests of the bus.
// It says what the kernel would say and no more; nothing follows by itself.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "serial/bus.hpp"

namespace burstd::serial {

class BusTree {
 public:
  using Path = std::filesystem::path;

  BusTree() {
    std::string name = (std::filesystem::temp_directory_path() / "burstd-bus-XXXXXX").string();
    x_home = ::mkdtemp(name.data());
    for (const char* folder : {"class/tty", "bus/usb/devices"}) std::filesystem::create_directories(sys() / folder);
    std::filesystem::create_directories(dev());
  }
  ~BusTree() { std::filesystem::remove_all(x_home); }
  BusTree(const BusTree&) = delete;
  BusTree& operator=(const BusTree&) = delete;

  Path sys() const { return x_home / "sys"; }
  Path dev() const { return x_home / "dev"; }
  Folders folders() const { return Folders{sys().string(), dev().string()}; }
  Path device(const std::string& socket) const { return sys() / "devices/pci0000:00/usb1" / socket; }

  static void write(const Path& file, const std::string& text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text << "\n";
  }

  void add_device(const std::string& socket, const std::string& id) const {
    write(device(socket) / "idVendor", id.substr(0, 4));
    write(device(socket) / "idProduct", id.substr(5));
    write(device(socket) / "authorized", "1");
    std::filesystem::create_symlink("../../../devices/pci0000:00/usb1/" + socket, sys() / "bus/usb/devices" / socket);
  }

  Path add_interface(const std::string& socket, const std::string& number) const {
    const std::string name = socket + ":1." + std::to_string(std::stoi(number, nullptr, 16));
    const Path folder = device(socket) / name;
    write(folder / "bInterfaceNumber", number);
    write(folder / "bInterfaceClass", "ff");
    write(folder / "bInterfaceSubClass", "02");
    write(folder / "bInterfaceProtocol", number);
    std::filesystem::create_symlink("../../../devices/pci0000:00/usb1/" + socket + "/" + name,
                                    sys() / "bus/usb/devices" / name);
    return folder;
  }

  // usb-serial puts a folder of the port's name between the interface and its tty, CDC-ACM does not.
  void add_serial(const Path& interface, const std::string& tty) const {
    add_tty(interface / tty / "tty", tty, "../../../" + tty);
  }
  void add_modem(const Path& interface, const std::string& tty) const {
    add_tty(interface / "tty", tty, "../../../" + interface.filename().string());
  }

  void add_tty(const Path& folder, const std::string& tty, const std::string& device) const {
    std::filesystem::create_directories(folder / tty);
    if (!device.empty()) std::filesystem::create_directory_symlink(device, folder / tty / "device");
    std::filesystem::create_directory_symlink(std::filesystem::relative(folder / tty, sys() / "class/tty"),
                                              sys() / "class/tty" / tty);
    write(dev() / tty, "");
  }

 private:
  Path x_home;
};

}  // namespace burstd::serial

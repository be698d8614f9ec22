#include "sim/usb_tree.hpp"

#include <fmt/format.h>

#include <fstream>
#include <regex>
#include <system_error>
#include <vector>

namespace burstd::sim {

namespace {

namespace fs = std::filesystem;

void write_line(const fs::path& file, const std::string& text) { std::ofstream(file) << text << "\n"; }

void link_to(const fs::path& target, const fs::path& link) {
  fs::create_directory_symlink(target.lexically_relative(link.parent_path()), link);
}

std::string interface_name(const std::string& socket, int number) { return fmt::format("{}:1.{}", socket, number); }

// The names of the ports of one interface.
std::vector<std::string> ports_of(const fs::path& interface) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(interface)) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  return names;
}

}  // namespace

bool is_socket(const std::string& text) {
  static const std::regex form("[0-9]{1,3}-[0-9]{1,3}(\\.[0-9]{1,3})*");
  return std::regex_match(text, form);
}

bool is_usb_id(const std::string& text) {
  static const std::regex form("[0-9a-f]{4}:[0-9a-f]{4}");
  return std::regex_match(text, form);
}

base::Result<void> UsbTree::make() {
  if (!fs::exists(mark()) && (fs::exists(sys()) || fs::exists(dev()))) {
    return base::Error{base::Fault::conflict, "bus-taken",
                       x_home.string() + " holds a sys or a dev that is none of ours; name another --bus."};
  }
  take_down();
  fs::create_directories(x_home);
  write_line(mark(), "sys and dev are pretended, and taken away when the simulator ends.");
  for (const char* folder : {"class/tty", "bus/usb/devices"}) fs::create_directories(sys() / folder);
  fs::create_directories(dev());
  return {};
}

void UsbTree::take_down() {
  if (!fs::exists(mark())) return;
  fs::remove_all(sys());
  fs::remove_all(dev());
  fs::remove(mark());
}

UsbTree::Path UsbTree::folder_of(const std::string& socket) const {
  return sys() / "devices" / ("usb" + socket.substr(0, socket.find('-'))) / socket;
}

void UsbTree::add_device(const UsbDevice& device) {
  const auto folder = folder_of(device.socket);
  fs::create_directories(folder);
  write_line(folder / "idVendor", device.id.substr(0, 4));
  write_line(folder / "idProduct", device.id.substr(5));
  if (!device.serial.empty()) write_line(folder / "serial", device.serial);
  write_line(folder / "manufacturer", device.maker);
  write_line(folder / "product", device.product);
  write_line(folder / "authorized", "1");
  link_to(folder, sys() / "bus/usb/devices" / device.socket);
}

void UsbTree::remove_device(const std::string& socket) {
  fs::remove(sys() / "bus/usb/devices" / socket);
  remove_interfaces(socket);
  fs::remove_all(folder_of(socket));
}

void UsbTree::add_interface(const std::string& socket, const UsbInterface& interface) {
  const auto name = interface_name(socket, interface.number);
  const auto folder = folder_of(socket) / name;
  fs::create_directory(folder);
  write_line(folder / "bInterfaceNumber", fmt::format("{:02x}", interface.number));
  write_line(folder / "bInterfaceClass", interface.function.substr(0, 2));
  write_line(folder / "bInterfaceSubClass", interface.function.substr(3, 2));
  write_line(folder / "bInterfaceProtocol", interface.function.substr(6, 2));
  link_to(folder, sys() / "bus/usb/devices" / name);
}

UsbTree::Path UsbTree::add_port(const std::string& socket, int interface, const std::string& target) {
  const auto node = free_node("ttyUSB");
  const auto name = node.filename();
  const auto port = folder_of(socket) / interface_name(socket, interface) / name;
  const auto tty = port / "tty" / name;
  fs::create_directories(tty);
  link_to(port, tty / "device");
  link_to(tty, sys() / "class/tty" / name);
  fs::create_symlink(target, node);
  return node;
}

void UsbTree::remove_interfaces(const std::string& socket) {
  std::vector<Path> interfaces;
  std::vector<Path> nodes;
  for (const auto& entry : fs::directory_iterator(folder_of(socket))) {
    if (entry.is_directory()) interfaces.push_back(entry.path());
  }
  for (const auto& interface : interfaces) {
    for (const auto& name : ports_of(interface)) {
      fs::remove(sys() / "class/tty" / name);
      nodes.push_back(dev() / name);
    }
    fs::remove(sys() / "bus/usb/devices" / interface.filename());
    fs::remove_all(interface);
  }
  for (const auto& node : nodes) fs::remove(node);
}

UsbTree::Path UsbTree::free_node(const std::string& kind) const {
  for (int number = 0;; ++number) {
    auto node = dev() / (kind + std::to_string(number));
    if (fs::symlink_status(node).type() == fs::file_type::not_found) return node;
  }
}

UsbTree::Path UsbTree::add_node(const std::string& kind) {
  auto node = free_node(kind);
  write_line(node, "A pretended device; nothing is behind it.");
  return node;
}

}  // namespace burstd::sim

#include "serial/bus.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <tuple>
#include <utility>

#include "serial/sysfs.hpp"

namespace burstd::serial {

namespace {

using Path = std::filesystem::path;

// The nearest folder from here up that has this attribute; empty when there is none below /sys.
Path upwards(Path folder, const char* name, const Path& top) {
  while (folder != top && folder.has_relative_path()) {
    if (holds(folder, name)) return folder;
    folder = folder.parent_path();
  }
  return {};
}

std::string id_of(const Path& device) {
  const auto vendor = attribute(device, "idVendor");
  const auto product = attribute(device, "idProduct");
  return vendor.empty() || product.empty() ? std::string() : vendor + ":" + product;
}

std::optional<Usb> usb_of(const Path& port, const Path& top) {
  const Path interface = upwards(real_path(port / "device"), "bInterfaceNumber", top);
  const Path device = upwards(interface, "idVendor", top);
  if (device.empty()) return std::nullopt;
  Usb usb;
  usb.id = id_of(device);
  usb.serial = attribute(device, "serial");
  usb.socket = device.filename().string();
  usb.interface = attribute(interface, "bInterfaceNumber");
  usb.function = attribute(interface, "bInterfaceClass") + "/" + attribute(interface, "bInterfaceSubClass") + "/" +
                 attribute(interface, "bInterfaceProtocol");
  usb.product = attribute(device, "product");
  usb.maker = attribute(device, "manufacturer");
  if (usb.id.empty() || usb.interface.empty()) return std::nullopt;
  return usb;
}

std::vector<Candidate> usb_ports(const Folders& folders) {
  const Path classes = Path(folders.sysfs) / "class" / "tty";
  const Path top = real_path(folders.sysfs);
  std::vector<Candidate> found;
  for (const auto& name : entries(classes)) {
    auto usb = usb_of(classes / name, top);
    if (usb) found.push_back(Candidate{(Path(folders.devices) / name).string(), std::move(usb)});
  }
  return found;
}

auto place_of(const Candidate& candidate) {
  return std::make_tuple(natural_key(candidate.usb->socket), candidate.usb->interface, natural_key(candidate.path));
}

// "1-1.4": bus, and the way over the hubs. Anything else could name another file.
bool is_socket(const std::string& name) {
  const auto dash = name.find('-');
  if (dash == 0 || dash == std::string::npos || dash + 1 == name.size()) return false;
  bool digit = false;  // before this place stands one
  for (std::size_t at = 0; at < name.size(); ++at) {
    const bool now = name[at] >= '0' && name[at] <= '9';
    const bool parting = at == dash || (at > dash && name[at] == '.');
    if (!now && !(parting && digit)) return false;
    digit = now;
  }
  return digit;
}

base::Error socket_failure(const std::string& socket, int number) {
  using base::Error;
  using base::Fault;
  switch (number) {
    case ENOENT:
    case ENOTDIR:
    case ENODEV:
      return Error{Fault::missing, "socket-empty",
                   "Nothing is plugged into the USB socket " + socket + ". Plug the modem in, or correct the socket."};
    case EACCES:
    case EPERM:
    case EROFS:
      return Error{Fault::refused, "socket-forbidden",
                   "The USB socket " + socket +
                       " may not be switched by this user. Give the service write access to its file \"authorized\" "
                       "(udev rule), or unplug the modem and plug it in by hand."};
    default:
      return Error{Fault::broken, "socket-broken",
                   "The USB socket " + socket + " cannot be switched: " + std::generic_category().message(number) +
                       ". Unplug the modem and plug it in again."};
  }
}

base::Error no_socket(const std::string& name) {
  return base::malformed("socket-wrong", "\"" + name + "\" is no USB socket; they are written like 1-1.4.");
}

base::Result<void> authorize(const Folders& folders, const std::string& socket, const char* value) {
  if (!is_socket(socket)) return no_socket(socket);
  const Path file = Path(folders.sysfs) / "bus" / "usb" / "devices" / socket / "authorized";
  if (const int trouble = write_attribute(file, value); trouble != 0) return socket_failure(socket, trouble);
  return {};
}

Path request_of(const Folders& folders, const std::string& socket) { return Path(folders.requests) / socket; }

}  // namespace

std::vector<Candidate> candidates(const Folders& folders) {
  auto found = usb_ports(folders);
  std::erase_if(found, [](const Candidate& candidate) { return real_path(candidate.path).empty(); });
  for (Candidate& candidate : found) candidate.born = born_at(candidate.path);
  std::sort(found.begin(), found.end(),
            [](const Candidate& left, const Candidate& right) { return place_of(left) < place_of(right); });
  return found;
}

std::optional<Candidate> candidate_at(const Folders& folders, const std::string& path) {
  const Path meant = real_path(path);
  if (meant.empty()) return std::nullopt;
  for (auto& candidate : candidates(folders)) {
    if (real_path(candidate.path) == meant) return candidate;
  }
  return std::nullopt;
}

std::vector<Device> devices(const Folders& folders) {
  const Path bus = Path(folders.sysfs) / "bus" / "usb" / "devices";
  const auto ports = usb_ports(folders);
  std::vector<Device> found;
  for (const auto& name : entries(bus)) {
    if (!is_socket(name)) continue;
    const Path folder = bus / name;
    const auto here = [&](const Candidate& port) { return port.usb->socket == name; };
    const bool has_port = std::any_of(ports.begin(), ports.end(), here);
    Device device{id_of(folder),
                  attribute(folder, "serial"),
                  name,
                  attribute(folder, "product"),
                  attribute(folder, "manufacturer"),
                  has_port};
    if (!device.id.empty()) found.push_back(std::move(device));
  }
  std::sort(found.begin(), found.end(), [](const Device& left, const Device& right) {
    return natural_key(left.socket) < natural_key(right.socket);
  });
  return found;
}

base::Result<void> switch_off(const Folders& folders, const std::string& socket) {
  return authorize(folders, socket, "0");
}

base::Result<void> switch_on(const Folders& folders, const std::string& socket) {
  return authorize(folders, socket, "1");
}

bool is_switched_by_request(const Folders& folders) {
  std::error_code ignored;
  return !folders.requests.empty() && std::filesystem::is_directory(folders.requests, ignored);
}

base::Result<void> request_switch(const Folders& folders, const std::string& socket) {
  if (!is_socket(socket)) return no_socket(socket);
  const int file = ::open(request_of(folders, socket).c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0)
    return base::Error{base::Fault::refused, "socket-forbidden",
                       "The request to switch the USB socket " + socket + " off and on cannot be put into " +
                           folders.requests + ": " + std::generic_category().message(errno) +
                           ". Let the service write there, or unplug the modem and plug it in by hand."};
  ::close(file);
  return {};
}

bool is_requested(const Folders& folders, const std::string& socket) {
  std::error_code ignored;
  return std::filesystem::exists(request_of(folders, socket), ignored);
}

base::Result<void> end_request(const Folders& folders, const std::string& socket) {
  std::error_code ignored;
  if (!std::filesystem::remove(request_of(folders, socket), ignored)) return {};
  return base::Error{base::Fault::refused, "socket-unattended",
                     "Nobody has switched the USB socket " + socket +
                         " off and on, which burstd may not do itself here. Let systemd do it (systemctl enable --now "
                         "burstd-usb-reset.path), or unplug the modem and plug it in by hand."};
}

}  // namespace burstd::serial

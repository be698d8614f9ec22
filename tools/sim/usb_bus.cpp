#include "sim/usb_bus.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace burstd::sim {

namespace {

base::Error wrong_id(const std::string& id) {
  return base::malformed("usb-id-invalid", "\"" + id + "\" is no USB identity; they are written like 1209:0001.");
}

base::Error bus_failure(const std::filesystem::filesystem_error& failure) {
  return base::Error{base::Fault::broken, "bus-failed",
                     std::string("The pretended bus cannot be kept: ") + failure.what() + "."};
}

// So that a driver can tell the interfaces apart by their function, too.
UsbInterface interface_of(int number) { return UsbInterface{number, fmt::format("ff/00/{:02x}", number)}; }

}  // namespace

UsbBus::UsbBus(const Options& options, Agenda& agenda, Openings& openings)
    : x_options(options), x_agenda(agenda), x_openings(openings), x_tree(options.bus) {
  for (int number = 1; number <= x_options.modems; ++number) {
    UsbDevice device{fmt::format("1-{}", number), x_options.usb_id, {}, "Pretend Modems", "PM-1"};
    if (!x_options.usb_serial.empty()) device.serial = x_options.usb_serial + std::to_string(number);
    Seat& seat = x_seats[fmt::format("modem{}", number)];
    seat.device = std::move(device);
    seat.interfaces = x_options.interfaces;
    seat.at = x_options.at_interface;
  }
}

base::Result<void> UsbBus::start(Switched switched) {
  if (!is_usb_id(x_options.usb_id)) return wrong_id(x_options.usb_id);
  if (x_options.at_interface >= x_options.interfaces) {
    return base::malformed("interface-invalid", fmt::format("--at-interface {} wants more than --interfaces {}.",
                                                            x_options.at_interface, x_options.interfaces));
  }
  x_switched = std::move(switched);
  try {
    return x_tree.make();
  } catch (const std::filesystem::filesystem_error& failure) {
    return bus_failure(failure);
  }
}

void UsbBus::stop() {
  for (auto& [name, seat] : x_seats) seat.silent.clear();
  try {
    x_tree.take_down();
  } catch (const std::filesystem::filesystem_error&) {
    // Somebody else has taken them away; there is nothing left to do.
  }
}

base::Result<void> UsbBus::plug(const std::string& modem, const std::string& pty) {
  Seat& seat = x_seats.at(modem);
  const auto admitted = admit(seat.device.socket, modem);
  if (!admitted) return admitted;
  try {
    if (!x_switching) {
      disappear(seat);
      appear(modem, seat);
    }
    return add_ports(seat, pty);
  } catch (const std::filesystem::filesystem_error& failure) {
    return bus_failure(failure);
  }
}

void UsbBus::unplug(const std::string& modem) {
  Seat& seat = x_seats.at(modem);
  try {
    if (x_switching) {
      remove_ports(seat);
    } else {
      disappear(seat);
    }
  } catch (const std::filesystem::filesystem_error& failure) {
    std::fprintf(stderr, "burst-modem-sim: %s\n", bus_failure(failure).sentence.c_str());
  }
}

void UsbBus::appear(const std::string& modem, Seat& seat) {
  const auto& socket = seat.device.socket;
  x_tree.add_device(seat.device);
  const auto file = x_tree.switch_of(socket);
  std::filesystem::permissions(file, std::filesystem::perms{x_options.mode});
  seat.authorized = Descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  seat.there = true;
  seat.on = true;
  // Later, for the modem must not go in the middle of what is being told of its port.
  const auto heard = [this, modem](bool opened) {
    if (!opened) x_agenda.after(base::Milliseconds{0}, [this, modem] { look(modem); });
  };
  const auto watch = x_openings.watch(file, heard);
  if (watch) seat.watch = *watch;
}

base::Result<void> UsbBus::add_ports(Seat& seat, const std::string& pty) {
  const auto& socket = seat.device.socket;
  for (int number = 0; number < seat.interfaces; ++number) {
    x_tree.add_interface(socket, interface_of(number));
    if (number == seat.at) {
      seat.node = x_tree.add_port(socket, number, pty).string();
      continue;
    }
    auto silent = SilentPort::make(x_openings, x_options.mode);
    if (!silent) return silent.error();
    x_tree.add_port(socket, number, (*silent)->path());
    seat.silent.push_back(std::move(*silent));
  }
  return {};
}

void UsbBus::remove_ports(Seat& seat) {
  x_tree.remove_interfaces(seat.device.socket);
  seat.node.clear();
  seat.silent.clear();
}

void UsbBus::disappear(Seat& seat) {
  if (!std::exchange(seat.there, false)) return;
  x_openings.forget(std::exchange(seat.watch, -1));
  seat.authorized = Descriptor();
  x_tree.remove_device(seat.device.socket);
  seat.node.clear();
  seat.silent.clear();
}

// Somebody has closed the file "authorized".
void UsbBus::look(const std::string& modem) {
  Seat& seat = x_seats.at(modem);
  char said = 0;
  if (!seat.there || ::pread(seat.authorized.get(), &said, 1, 0) != 1) return;
  if ((said != '0' && said != '1') || seat.on == (said == '1')) return;
  seat.on = said == '1';
  x_switching = true;
  x_switched(modem, seat.on);
  x_switching = false;
}

base::Result<void> UsbBus::admit(const std::string& socket, const std::string& modem) const {
  if (!is_socket(socket)) {
    return base::malformed("socket-invalid", "\"" + socket + "\" is no USB socket; they are written like 1-1.4.");
  }
  const bool taken = std::any_of(x_seats.begin(), x_seats.end(), [&](const auto& one) {
    return one.second.there && one.first != modem && one.second.device.socket == socket;
  });
  if (!taken && !x_ghosts.contains(socket)) return {};
  return base::Error{base::Fault::conflict, "socket-taken", "Something is plugged into the socket " + socket + "."};
}

base::Result<void> UsbBus::set_id(const std::string& modem, const std::string& id) {
  if (!is_usb_id(id)) return wrong_id(id);
  Seat& seat = x_seats.at(modem);
  seat.device.id = id;
  return {};
}

void UsbBus::dress(const std::string& modem, const UsbFacts& facts) {
  if (facts.id.empty()) return;
  Seat& seat = x_seats.at(modem);
  seat.device.id = facts.id;
  seat.at = facts.at.empty() ? 0 : facts.at.front();
  seat.interfaces = std::max(facts.interfaces, seat.at + 1);
}

base::Result<std::string> UsbBus::add_ghost(const std::string& id, std::string socket) {
  if (!is_usb_id(id)) return wrong_id(id);
  const auto used = [&](const std::string& name) {
    return x_ghosts.contains(name) || std::any_of(x_seats.begin(), x_seats.end(),
                                                  [&](const auto& one) { return one.second.device.socket == name; });
  };
  for (int number = 1; socket.empty(); ++number) {
    if (auto name = fmt::format("1-{}", number); !used(name)) socket = std::move(name);
  }
  const auto admitted = admit(socket, {});
  if (!admitted) return admitted.error();
  try {
    x_tree.add_device(UsbDevice{socket, id, {}, "Pretend Modems", "PM-1 drive"});
    x_tree.add_interface(socket, UsbInterface{0, "08/06/50"});
    x_ghosts[socket] = x_tree.add_node("sr");
  } catch (const std::filesystem::filesystem_error& failure) {
    return bus_failure(failure);
  }
  return socket;
}

base::Result<void> UsbBus::remove_ghost(const std::string& socket) {
  const auto found = x_ghosts.find(socket);
  if (found == x_ghosts.end()) {
    return base::Error{base::Fault::missing, "ghost-unknown", "There is no ghost in \"" + socket + "\"."};
  }
  try {
    x_tree.remove_device(socket);
    std::filesystem::remove(found->second);
  } catch (const std::filesystem::filesystem_error& failure) {
    return bus_failure(failure);
  }
  x_ghosts.erase(found);
  return {};
}

void UsbBus::shift(int numbers) {
  std::error_code ignored;
  if (numbers == 0) {
    for (const auto& node : std::exchange(x_taken, {})) std::filesystem::remove(node, ignored);
  }
  for (int count = 0; count < numbers; ++count) x_taken.push_back(x_tree.add_node("ttyUSB"));
}

}  // namespace burstd::sim

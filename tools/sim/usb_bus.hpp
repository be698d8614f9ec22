// The pretended USB bus of a run: which modem sits in which socket, under which numbers its ports came, what else is
// plugged in. Ports tell it of pluggings, orders_bus.cpp changes it; writing to a device's "authorized" switches the
// modem in it. It carries no octets.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/agenda.hpp"
#include "sim/options.hpp"
#include "sim/profile.hpp"
#include "sim/silent_port.hpp"
#include "sim/usb_tree.hpp"

namespace burstd::sim {

class UsbBus {
 public:
  using Switched = std::function<void(const std::string& modem, bool on)>;

  // A socket for each modem; nothing is plugged in yet.
  UsbBus(const Options& options, Agenda& agenda, Openings& openings);

  // The folders.
  base::Result<void> start(Switched switched);
  void stop();

  base::Result<void> plug(const std::string& modem, const std::string& pty);
  void unplug(const std::string& modem);

  // Whether the modem may be plugged in there.
  base::Result<void> admit(const std::string& socket, const std::string& modem) const;
  // From the next plugging on.
  void set_socket(const std::string& modem, const std::string& socket) { x_seats.at(modem).device.socket = socket; }
  // As its family is; a family that says nothing of USB is as the options say.
  void dress(const std::string& modem, const UsbFacts& facts);
  base::Result<void> set_id(const std::string& modem, const std::string& id);

  // A device without ports; the answer is its socket, the lowest that nobody uses when none is named.
  base::Result<std::string> add_ghost(const std::string& id, std::string socket);
  base::Result<void> remove_ghost(const std::string& socket);

  // So many numbers of ports are taken from now on; none frees all of them.
  void shift(int numbers);

  const std::string& socket_of(const std::string& modem) const { return x_seats.at(modem).device.socket; }
  // The node of the port that answers; empty while it is not plugged in.
  const std::string& node_of(const std::string& modem) const { return x_seats.at(modem).node; }

 private:
  struct Seat {
    UsbDevice device;
    int interfaces = 1;
    int at = 0;  // which of them answers
    std::string node;
    std::vector<std::unique_ptr<SilentPort>> silent;
    bool there = false;     // on the bus
    bool on = true;         // what "authorized" said last
    Descriptor authorized;  // held open, for opening it to look would be heard like a writing
    int watch = -1;
  };
  void appear(const std::string& modem, Seat& seat);
  base::Result<void> add_ports(Seat& seat, const std::string& pty);
  void remove_ports(Seat& seat);
  void disappear(Seat& seat);
  void look(const std::string& modem);

  const Options& x_options;
  Agenda& x_agenda;
  Openings& x_openings;
  UsbTree x_tree;
  std::map<std::string, Seat> x_seats;                    // by modem
  std::map<std::string, std::filesystem::path> x_ghosts;  // by socket: what they show in /dev
  std::vector<std::filesystem::path> x_taken;
  Switched x_switched;
  bool x_switching = false;  // the device stays while its modem comes or goes
};

}  // namespace burstd::sim

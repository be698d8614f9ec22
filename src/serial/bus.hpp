// Which ttys are USB ports and what they belong to, read from /sys; and switching a USB socket off and on. gateway and
// modem look here for ports to try and for sticks that are no modem yet (a CD-ROM, a router). It opens no port, knows
// no make, waits for nothing, and takes a device that vanishes while it reads for one that is not there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace burstd::serial {

struct Folders {
  std::string sysfs = "/sys";
  std::string devices = "/dev";
  std::string requests{};  // for somebody with more rights to switch sockets; empty: there is nobody
};

struct Usb {
  std::string id;         // "12d1:1001"
  std::string serial;     // often empty, and the same for all sticks of some makes
  std::string socket;     // the kernel's name of the place it is plugged into, "1-1.4"
  std::string interface;  // bInterfaceNumber, "02"
  std::string function;   // class/subclass/protocol of the interface, "ff/02/02"
  std::string product, maker;
};

struct Candidate {
  std::string path;  // "/dev/ttyUSB2"
  std::optional<Usb> usb;
  std::int64_t born = 0;  // when its node was made, in nanoseconds: tells a port from one before it of the same name
};

struct Device {
  std::string id, serial, socket, product, maker;
  bool has_port;  // a tty of any kind belongs to it
};

// The USB ports that have a node in the folder of devices, by socket, interface and name; numbers count as numbers.
std::vector<Candidate> candidates(const Folders& folders);

// The one of `candidates` that the path leads to, over symbolic links; nothing when it is no USB port.
std::optional<Candidate> candidate_at(const Folders& folders, const std::string& path);

// Whatever is on the bus, hubs included, root hubs not.
std::vector<Device> devices(const Folders& folders);

// Off takes the device's ports away, on has the kernel recognise it anew; the caller waits between the two. The write
// returns when the kernel is done with it. Codes: "socket-wrong", "socket-empty", "socket-forbidden", "socket-broken".
base::Result<void> switch_off(const Folders& folders, const std::string& socket);
base::Result<void> switch_on(const Folders& folders, const std::string& socket);

// Where there is a folder for requests somebody with more rights watches it: an empty file by the name of the socket
// asks for off and on, and is taken away when that is done.
bool is_switched_by_request(const Folders& folders);

// Codes: "socket-wrong", "socket-forbidden".
base::Result<void> request_switch(const Folders& folders, const std::string& socket);
bool is_requested(const Folders& folders, const std::string& socket);

// Nobody is to heed it any more. "socket-unattended": it was still there, so nobody has.
base::Result<void> end_request(const Folders& folders, const std::string& socket);

}  // namespace burstd::serial

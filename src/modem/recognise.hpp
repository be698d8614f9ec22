// Which driver fits a modem: the one the administrator named, else the one that knows its +CGMI and +CGMM, else the one
// that knows its USB identity, else "generic". And what the drivers say of a device before its first word: which of its
// ports to ask for AT, and whether it is a modem at all. Data decides; nothing here knows a make or looks at a bus.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "modem/driver.hpp"
#include "modem/status.hpp"

namespace burstd::modem {

// One interface of a USB device, in hexadecimal.
struct UsbInterface {
  std::string number;    // bInterfaceNumber, "02"
  std::string function;  // class/subclass/protocol, "ff/02/02"
};

// What to go by before the modem has said who it is. `wanted` may be empty.
Driver first_driver(const std::vector<Driver>& drivers, const std::string& wanted);

// `usb` is "12d1:1001", or empty where it is not known. Some modems give the maker of their chip instead of their own.
Driver recognise(const std::vector<Driver>& drivers, const std::string& wanted, const Identity& identity,
                 const std::string& usb = {});

// The driver that lists the product, else one that lists its vendor; nullptr when none does.
const Driver* by_usb(const std::vector<Driver>& drivers, const std::string& id);

// What the driver says about this product, else about its vendor; nullptr when it lists neither.
const UsbPorts* ports_of(const Driver& driver, const std::string& id);

// In which order a device's interfaces are asked for AT, by their places in `interfaces`: first those that the driver
// lists, as it lists them, then, as a last resort, the others by number.
std::vector<std::size_t> port_order(const UsbPorts& ports, const std::vector<UsbInterface>& interfaces);

// What a device is that is no modem in this form, and what to do; nothing when no driver knows it as such.
std::optional<std::string> other_form(const std::vector<Driver>& drivers, const std::string& id);

}  // namespace burstd::modem

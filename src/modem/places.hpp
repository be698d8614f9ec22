// Which of the modems that were found goes by which name. Pure: what a modem says of itself decides, and where it is
// plugged in where the administrator names the socket; the name of its port never does. Used by the Finder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modem/status.hpp"

namespace burstd::modem {

// What is to go by a name. All that is given must fit.
struct Wanted {
  std::string name;
  std::string imei;  // the first 14 digits count
  std::string sim;   // ICCID or IMSI
  std::string usb;   // "12d1:1001", "12d1:1001:SERIAL" or a socket, "1-1.4"
  Identity last;     // what went by the name last: tells which SIM it is where a modem hides it until the PIN is typed
  std::string named_usb;  // as the configuration says it: this device may be spoken to, whatever it is
};

// A modem that answered.
struct Found {
  std::string port;
  std::string usb;     // "12d1:1001"
  std::string serial;  // of the USB device
  std::string socket;  // "1-1.4"
  Identity identity;
  std::string name;      // that it goes by already; empty: none
  std::string sentence;  // why it has none
};

enum class Fit : std::uint8_t { no, unknown, yes };
Fit fit(const Wanted& wanted, const Found& found);

// Gives names to those that have none, in the order of `wanted`; a name that is taken stays where it is as long as it
// fits there. Those that remain without get a sentence.
std::vector<Found> placed(std::vector<Found> found, const std::vector<Wanted>& wanted);

// In words: "IMEI 490154203237518 and SIM 8949…".
std::string description(const Wanted& wanted);

bool same_imei(const std::string& left, const std::string& right);

// A name for a modem that the configuration does not name: "imei-237518".
std::string own_name(const Identity& identity);

}  // namespace burstd::modem

// What the administrator says about one modem: config fills it from the section "modems", modem::Modem goes by it.
// What is true of a make rather than of this one stands in driver.hpp.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace burstd::modem {

// How the credit of a prepaid SIM is asked for.
struct Balance {
  std::string code;     // USSD, "*100#"; empty: never asked
  std::string pattern;  // ECMAScript; its first group is the amount, "([0-9]+[.,][0-9]{2})"
  double price = 0;     // of one segment in the same money; 0: not known
  std::chrono::minutes every{24 * 60};
  bool operator==(const Balance&) const = default;
};

// Which ports are looked at for modems that are not named by their port.
struct Finding {
  bool all = false;               // whatever modem is found is used, also one that the configuration does not name
  bool unknown_adapters = false;  // USB serial ports that no driver knows are asked, too: they may be other devices
  std::string sysfs = "/sys";
  std::string devices = "/dev";
  std::string usb_requests = "/run/burstd-usb-reset";  // where there is such a folder, sockets are switched by request
};

struct Options {
  std::string name;

  // Which modem is meant; all that is given must fit.
  std::string port;  // a path; symbolic links are followed at every opening
  std::string imei;  // 14 to 16 digits, of which the first 14 count
  std::string sim;   // ICCID or IMSI
  std::string usb;   // "12d1:1001", "12d1:1001:SERIAL", or the socket it is plugged into, "1-1.4"

  std::string number;  // of its SIM, E.164, for people to read; empty: the SIM is asked
  std::string driver;  // a driver's name; empty: recognised by +CGMI and +CGMM
  std::optional<std::string> pin;
  int baud = 115200;
  std::chrono::milliseconds reopen_first{500};  // back-off after a failed or lost session: doubles up to reopen_most
  std::chrono::milliseconds reopen_most{30'000};
  std::chrono::seconds keep_alive{30};
  bool usb_reset = false;  // whether its socket may be switched off and on when nothing else helps
  Balance balance;
  bool operator==(const Options&) const = default;
};

}  // namespace burstd::modem

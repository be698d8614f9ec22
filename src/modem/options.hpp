// What the administrator says about one modem: config fills it from the section "modems", modem::Modem goes by it.
// What is true of a make rather than of this one stands in driver.hpp.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace burstd::modem {

struct Options {
  std::string name;
  std::string port;    // a path; symbolic links are followed at every opening
  std::string driver;  // a driver's name; empty: recognised by +CGMI and +CGMM
  std::optional<std::string> pin;
  int baud = 115200;
  std::chrono::milliseconds reopen_first{500};  // back-off after a failed or lost session: doubles up to reopen_most
  std::chrono::milliseconds reopen_most{30'000};
  std::chrono::seconds keep_alive{30};
};

}  // namespace burstd::modem

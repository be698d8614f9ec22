// A pair of pseudo-terminals for the tests of serial: the master is the modem's side, `path` what the daemon opens.
// It answers nothing by itself.
#pragma once

#include <string>
#include <string_view>

namespace burstd::serial {

class Pty {
 public:
  Pty();
  ~Pty();
  Pty(const Pty&) = delete;
  Pty& operator=(const Pty&) = delete;

  const std::string& path() const { return x_path; }
  int master() const { return x_master; }
  void say(std::string_view octets) const;
  std::string heard() const;  // what has come, without waiting
  void unplug();

 private:
  int x_master;
  std::string x_path;
};

}  // namespace burstd::serial

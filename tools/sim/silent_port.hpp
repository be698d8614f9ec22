// A port of a stick that speaks no AT: it can be opened and written to, and never says anything. usb_bus gives a
// modem as many as it is told to.
#pragma once

#include <memory>
#include <string>

#include "sim/openings.hpp"
#include "sim/pty.hpp"

namespace burstd::sim {

class SilentPort {
 public:
  static base::Result<std::unique_ptr<SilentPort>> make(Openings& openings, std::uint32_t mode);

  SilentPort(Openings& openings, Pty pty) : x_openings(openings), x_pty(std::move(pty)) {}
  ~SilentPort() { x_openings.forget(x_watch); }
  SilentPort(const SilentPort&) = delete;
  SilentPort& operator=(const SilentPort&) = delete;

  const std::string& path() const { return x_pty.path; }

 private:
  void opening(bool opened);

  Openings& x_openings;
  Pty x_pty;
  int x_watch = -1;
  int x_openers = 0;
};

}  // namespace burstd::sim

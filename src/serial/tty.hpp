// The system's side of opening a tty: checks with a sentence for each way it can fail, exclusive use, raw mode.
// Real ports are set up by libserialport, pseudo-terminals (which it cannot open) by termios. Used by Port only.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "serial/port.hpp"

struct sp_port;

namespace burstd::serial {

struct CloseSerialPort {
  void operator()(sp_port* port) const;
};

// An open tty, ours alone. `line` owns the descriptor of a real port; a pseudo-terminal's belongs to the caller.
struct Tty {
  int descriptor;
  std::unique_ptr<sp_port, CloseSerialPort> line;
};

base::Result<Tty> open_tty(const Settings& settings);

// Throws away what a modem that takes nothing has left in the buffer, so that closing cannot block.
void discard_output(int descriptor);

}  // namespace burstd::serial

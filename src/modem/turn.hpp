// Whose turn it is on a port: held for one command, passed on when it dies. Terminal's own, shared by the files that it
// is written in.
#pragma once

#include "modem/terminal.hpp"

namespace burstd::modem {

// Holds the port for one command; the next in line follows when it dies.
class Terminal::Turn {
 public:
  explicit Turn(Terminal& terminal) : x_terminal(terminal) {}
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    ++x_terminal.x_serving;
    x_terminal.x_turn.notify();
  }

 private:
  Terminal& x_terminal;
};

}  // namespace burstd::modem

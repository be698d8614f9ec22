// Whether the modem keeps its radio link from one message to the next, so that each that follows is spared the setting
// up (27.005, AT+CMMS). Used by Session before a message that another one follows at once. That it cannot be had never
// fails a message and is not asked again in the session.
#pragma once

#include "modem/charge.hpp"
#include "modem/terminal.hpp"

namespace burstd::modem {

class MoreMessages {
 public:
  MoreMessages(Terminal& terminal, Charge charge) : x_terminal(terminal), x_charge(charge) {}

  // Says so to the modem, the first time; afterwards it does nothing.
  async::Task<> expect(const Driver& driver);

 private:
  Terminal& x_terminal;
  Charge x_charge;
  bool x_said = false;
};

}  // namespace burstd::modem

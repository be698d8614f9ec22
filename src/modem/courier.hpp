// Carries what the modem says unasked to the Host, in order, and lets the modem forget it only afterwards: +CNMA
// where it wants one, +CMGD for what it had stored. Goes on to the last event when the port is already gone.
#pragma once

#include <string>
#include <vector>

#include "at/reply.hpp"
#include "modem/set_up.hpp"
#include "modem/terminal.hpp"

namespace burstd::modem {

class Courier {
 public:
  Courier(Terminal& terminal, Host& host, Charge charge);

  // Ends when the terminal is over and everything is delivered; the session's child.
  async::Task<> run();

  // The modem is known; deliveries may begin. `expects_verdict`: an earlier submission is unresolved.
  void begin(const SetUp& set_up, bool expects_verdict);

  // A submission of this session has begun: a verdict from now on is not an earlier one's.
  void forget_verdict() { x_expects_verdict = false; }

  // Until nothing is left to deliver or the terminal is over.
  async::Task<> idle();

 private:
  async::Task<> deliver(at::Event event);
  async::Task<> deliver_report(std::string pdu);
  async::Task<> deliver_message(std::string pdu);
  async::Task<> acknowledge();
  async::Task<> fetch(std::string memory, int index, bool report);
  async::Task<std::vector<at::Stored>> stored_at(const std::string& memory, int index);
  async::Task<> sweep();
  async::Task<> hand_stored(at::Stored message, bool report);

  Terminal& x_terminal;
  Host& x_host;
  Charge x_charge;
  Identity x_identity;
  base::Milliseconds x_patience{};
  bool x_begun = false;
  bool x_busy = false;
  bool x_acknowledges = false;
  bool x_expects_verdict = false;
};

}  // namespace burstd::modem

// Whether a modem that is set up can send, and whether it still can: network, signal, operator, the report route that a
// restart forgets, the room in its memory, and the credit of a prepaid SIM. Used by Session.
#pragma once

#include <optional>
#include <string>

#include "modem/charge.hpp"
#include "modem/interview.hpp"
#include "modem/report_routes.hpp"

namespace burstd::modem {

class Health {
 public:
  Health(Terminal& terminal, Charge charge) : x_terminal(terminal), x_charge(charge), x_interview(terminal, {}) {}

  void begin(base::Milliseconds patience, Route route);

  // Waits until the network lets us send; false when the terminal is over.
  async::Task<bool> registered();

  // Asks for signal, registration and the report route; false when we cannot send any more.
  async::Task<bool> still_well();

  // Whether so much is stored that what waits there should be fetched.
  async::Task<bool> memory_filling();

  // Asks once for the SIM's own number where it is not configured.
  async::Task<> ask_number();

  // Asks for the credit when it is time to.
  async::Task<> ask_balance();

  // What somebody should know of a modem that sends; empty: nothing.
  std::string remark();

 private:
  async::Task<bool> look_at_network();
  async::Task<std::optional<int>> stat_of(std::string name);
  async::Task<> look_at_operator();
  async::Task<> look_at_signal();
  async::Task<> look_at_time();
  async::Task<> look_at_sim();
  async::Task<> check_route();
  bool give_up_search();

  Terminal& x_terminal;
  Charge x_charge;
  Interview x_interview;
  base::Milliseconds x_patience{};
  Route x_route;
  std::uint64_t x_chatter = 0;  // heard at the last look
  bool x_flooded = false;
  bool x_number_told = false;
};

}  // namespace burstd::modem

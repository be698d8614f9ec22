// From "it answers" to "it can be asked to send": who it is, its driver, the SIM, PDU mode, the way of reports.
// Waits, with a sentence on the board, for what a person or the modem must do first. Used by Session.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modem/charge.hpp"
#include "modem/interview.hpp"
#include "modem/report_routes.hpp"
#include "modem/sim_card.hpp"
#include "modem/terminal.hpp"

namespace burstd::modem {

class SetUp {
 public:
  SetUp(Terminal& terminal, Charge charge);

  // True when it is known whose SIM is in the modem, and that it may be used; false when the terminal is over.
  async::Task<bool> meet();

  // The rest, after that. True when the modem is set up; false when the terminal is over.
  async::Task<bool> run();

  const Driver& driver() const { return x_driver; }
  const Identity& identity() const { return x_identity; }
  const Route& route() const { return x_route; }

  // A PIN is being typed: its answer must be waited for.
  bool typing() const { return x_sim && x_sim->typing(); }

 private:
  async::Task<> identify();
  async::Task<bool> admitted();
  async::Task<> look_at_sim_again();
  async::Task<bool> know_sim();
  async::Task<bool> pdu_mode();
  async::Task<bool> service_centre();
  async::Task<> say_all(const std::vector<std::string>& lines);
  void publish();

  Terminal& x_terminal;
  Charge x_charge;
  Driver x_driver;
  Interview x_interview;
  Identity x_identity;
  Route x_route;
  std::optional<SimCard> x_sim;
};

}  // namespace burstd::modem

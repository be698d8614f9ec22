// From "it answers" to "it can be asked to send": who it is, its driver, the SIM, PDU mode, the way of reports,
// the network. Waits, with a sentence on the board, for what a person or the network must do. A PIN is typed once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modem/board.hpp"
#include "modem/driver.hpp"
#include "modem/options.hpp"
#include "modem/terminal.hpp"

namespace burstd::modem {

// What outlives a session.
struct Memory {
  Identity identity;  // of the last session that knew it
  bool pin_typed = false;
  std::string pin_accepted_by;  // ICCID; the same SIM may be given the same PIN again
  std::optional<Driver> driver;
  bool listing_hangs = false;  // +CMGL was never answered: it is not asked again
};

// What a session needs from outside of itself.
struct Charge {
  const Options& options;
  const std::vector<Driver>& drivers;
  Memory& memory;
  Board& board;
};

class SetUp {
 public:
  SetUp(Terminal& terminal, Charge charge);

  // True when the modem is set up; false when the terminal is over.
  async::Task<bool> run();

  // Waits until the network lets us send; false when the terminal is over.
  async::Task<bool> registered();

  // Asks for signal, registration and the report route; false when we cannot send any more.
  async::Task<bool> still_well();

  const Driver& driver() const { return x_driver; }
  const Identity& identity() const { return x_identity; }
  bool acknowledges() const { return x_acknowledges; }

 private:
  async::Task<at::Reply> say(at::Command command);
  async::Task<std::optional<std::string>> ask(std::string text, std::string prefix);
  async::Task<> identify();
  async::Task<> read_sim();
  async::Task<bool> unlock();
  async::Task<std::string> locked(const at::Reply& reply);
  async::Task<std::string> type_pin();
  async::Task<bool> pdu_mode();
  async::Task<> route_reports();
  async::Task<bool> try_route(const std::string& route);
  async::Task<> message_service();
  async::Task<> check_route();
  async::Task<bool> look_at_network();
  async::Task<> look_at_operator();
  void publish();

  Terminal& x_terminal;
  Charge x_charge;
  Driver x_driver;
  Identity x_identity;
  std::string x_route;          // as it reads back
  bool x_acknowledges = false;  // each +CDS and +CMT must be answered by +CNMA
};

}  // namespace burstd::modem

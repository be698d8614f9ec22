// From "it answers" to "it can be asked to send": who it is, its driver, the SIM, PDU mode, the way of reports,
// the network. Waits, with a sentence on the board, for what a person or the network must do. A PIN is typed once.
#pragma once

#include <optional>
#include <set>
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
  std::optional<Identity> pin_accepted_by;  // the same SIM may be given the same PIN again
  std::optional<Driver> driver;
  bool listing_hangs = false;           // +CMGL was never answered: it is not asked again
  std::optional<Verdict> late_verdict;  // heard by a session that ended before it knew the modem
  std::set<std::string> unreadable;     // stored PDUs that the Host was shown and the modem keeps
};

// What a session needs from outside of itself.
struct Charge {
  const Options& options;
  const std::vector<Driver>& drivers;
  Memory& memory;
  Board& board;
};

// What became of a list of report routes.
struct Tries {
  std::string exact;  // taken, and read back as it was set
  std::string near;   // taken, and read back with the same kind of reports
  std::string taken;  // the first that was taken at all
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
  const std::string& remark() const { return x_remark; }  // what somebody should know of a modem that sends

 private:
  async::Task<at::Reply> say(at::Command command);
  async::Task<std::optional<std::string>> ask(std::string text, std::string prefix);
  async::Task<at::Reply> say_patiently(at::Command command);
  async::Task<> identify();
  async::Task<> read_sim();
  async::Task<bool> look_at_subscriber();
  async::Task<bool> look_at_card();
  bool accepted_before() const;
  async::Task<bool> unlock();
  async::Task<std::string> locked(const at::Reply& reply);
  async::Task<std::string> type_pin();
  async::Task<bool> pdu_mode();
  async::Task<> route_reports();
  async::Task<Tries> try_routes(std::vector<std::string> routes);
  async::Task<std::string> shown_route();
  async::Task<> take_route(Tries reporting, Tries silent);
  async::Task<> message_service();
  async::Task<> check_route();
  async::Task<bool> look_at_network();
  async::Task<> look_at_operator();
  void publish();

  Terminal& x_terminal;
  Charge x_charge;
  Driver x_driver;
  Identity x_identity;
  std::string x_route;  // as it reads back
  std::string x_remark;
  bool x_typed_pin = false;     // in this session
  bool x_acknowledges = false;  // each +CDS and +CMT must be answered by +CNMA
};

}  // namespace burstd::modem

// How the modem is to give delivery reports: stored where they wait for us, directly with an acknowledgement, directly
// without, or not at all, in this order, as far as the driver vouches for it, the modem offers it and a look at it
// confirms it. Used by SetUp; Health asserts the choice again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modem/charge.hpp"
#include "modem/interview.hpp"

namespace burstd::modem {

struct Route {
  ReportWay way = ReportWay::none;
  std::string cnmi;           // argument of AT+CNMI; empty: none was taken
  std::string reads;          // as AT+CNMI? shows it; empty: it shows something else
  int places = 0;             // for stored reports
  bool acknowledges = false;  // each +CDS and +CMT must be answered by +CNMA
};

class ReportRoutes {
 public:
  ReportRoutes(Terminal& terminal, Charge charge, const Driver& driver)
      : x_terminal(terminal), x_charge(charge), x_driver(driver), x_interview(terminal, driver.command_timeout) {}

  async::Task<Route> choose();

 private:
  // What became of a list of AT+CNMI arguments.
  struct Tries {
    std::string exact;  // taken, and read back as it was set
    std::string near;   // taken, and read back with the same kind of reports
    std::string taken;  // the first that was taken at all
  };

  bool permitted(ReportWay way, Trust least) const;
  std::vector<std::string> arguments(int kind) const;
  async::Task<Route> try_stored(Trust least);
  async::Task<Route> try_direct(bool acknowledged);
  async::Task<Route> try_none();
  async::Task<int> places();
  async::Task<Tries> attempt(std::vector<std::string> routes);
  async::Task<Route> take(Tries tries, ReportWay way);
  async::Task<bool> service(int wanted);
  async::Task<std::string> shown();
  void publish(const Route& route);

  Terminal& x_terminal;
  Charge x_charge;
  const Driver& x_driver;
  Interview x_interview;
  std::string x_offered;        // the answer to AT+CNMI=?
  bool x_acknowledges = false;  // by AT+CSMS?, as it reads now
};

// What somebody should know of a way in which reports come.
std::string cost_of(const Route& route);

}  // namespace burstd::modem

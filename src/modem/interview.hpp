// Questions to a modem that answers, and who it is: make, IMEI, SIM. Used by SetUp and its kin, and by the Finder. It
// changes nothing in the modem but echo and the form of its errors.
#pragma once

#include <optional>
#include <string>

#include "at/reply.hpp"
#include "modem/status.hpp"
#include "modem/terminal.hpp"

namespace burstd::modem {

// A look a second at first, later every five.
base::Milliseconds until_next_look(int looks);

// What has to do with the modem's memories may take so long.
inline constexpr std::chrono::seconds storage_patience{30};

class Interview {
 public:
  Interview(Terminal& terminal, base::Milliseconds patience) : x_terminal(&terminal), x_patience(patience) {}

  // Silence ends the terminal.
  async::Task<at::Reply> say(at::Command command);

  // The same, again and again while the modem says that it is busy.
  async::Task<at::Reply> say_patiently(at::Command command);

  // The last line of the answer; nothing when the modem refuses.
  async::Task<std::optional<std::string>> ask(std::string text, std::string prefix);

  // Manners first: no echo, verbose results, numbers for errors.
  async::Task<> greet();

  // Maker, model, revision and IMEI.
  async::Task<Identity> hardware();

  // ICCID and IMSI where `identity` has none yet; true when the modem asks for patience.
  async::Task<bool> card(Identity& identity);
  async::Task<bool> subscriber(Identity& identity);

 private:
  Terminal* x_terminal;
  base::Milliseconds x_patience;
};

}  // namespace burstd::modem

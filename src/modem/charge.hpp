// What a session is given, and what outlives it. Made by Modem, used by the parts of a session; nothing here is on
// disk: what must survive the process is asked of the Host.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "modem/board.hpp"
#include "modem/driver.hpp"
#include "modem/link.hpp"
#include "modem/options.hpp"

namespace burstd::modem {

// A person's word that a PIN may be typed once more.
struct Release {
  std::optional<std::string> pin;  // nothing: the one of the configuration
  bool last_try = false;           // also when a wrong one would lock the SIM
};

// What outlives a session.
struct Memory {
  Identity identity;  // of the last session that knew it
  std::optional<Driver> driver;
  std::optional<Release> release;  // until it is used
  std::optional<std::string> pin;  // given by a person and accepted: it goes before the configuration's
  std::set<ReportWay> broken;      // ways in which reports were announced and could not be had
  std::set<ReportWay> proven;      // ways in which one has come
  std::optional<base::Time> balance_asked;
  bool listing_hangs = false;           // +CMGL was never answered: it is not asked again
  bool more_messages_hang = false;      // nor was +CMMS
  bool number_hangs = false;            // nor was +CNUM
  std::optional<Verdict> late_verdict;  // heard by a session that ended before it knew the modem
  std::set<std::string> unreadable;     // stored PDUs that the Host was shown and the modem keeps
};

// What a session needs from outside of itself.
struct Charge {
  const Options& options;
  const std::vector<Driver>& drivers;
  Host& host;
  Memory& memory;
  Board& board;
};

}  // namespace burstd::modem

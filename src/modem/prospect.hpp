// One device on the bus that may be a modem, while the Finder finds out: its ports, what it has said of itself, the
// terminal in which it answered. The Finder's own; nobody else keeps one.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modem/driver.hpp"
#include "modem/places.hpp"
#include "modem/terminal.hpp"
#include "serial/bus.hpp"

namespace burstd::modem {

struct Prospect {
  enum class State : std::uint8_t {
    unasked,
    left,  // not spoken to: it may be another device
    asking,
    silent,  // nothing answered, or something that is no modem
    busy,    // another process holds the port
    answered,
  };

  std::vector<serial::Candidate> ports;  // in the order in which they are asked
  bool listed = false;                   // the driver says which of them to ask first
  Driver driver;                         // by its USB identity, else the generic one
  State state = State::unasked;
  Found found;                         // when answered; else as far as the bus tells
  std::unique_ptr<Terminal> terminal;  // of the port that answered, until somebody takes it
  base::Steady kept_since{};           // the terminal; from the moment when it has a name
  base::Steady next_try{};
  int tries = 0;
  std::optional<Unresolved> unresolved;  // an attempt that may have been made over it
  Terminal* talking = nullptr;           // while it is asked
  bool held = false;                     // another process holds one of its ports
  bool judged = false;                   // whether it has a name was decided
  bool ambiguous = false;                // it may be one that is wanted, but does not tell
  bool gone = false;                     // vanished while it was asked

  bool asked_again() const;

  bool same_device(const std::vector<serial::Candidate>& others) const;
};

}  // namespace burstd::modem

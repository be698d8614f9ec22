// The SIM as a thing of its own, apart from the modem it is in: its numbers follow from its ICCID, and what it keeps
// (tries of the PIN, the last reference, stored messages) goes with it from modem to modem and outlives a power cut.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "sim/identity.hpp"
#include "sim/memory.hpp"

namespace burstd::sim {

inline constexpr int pin_tries = 3;

struct Card {
  std::string pin;  // empty: it asks for none
  int tries = pin_tries;
  int puk_tries = 10;
  std::string centre;                      // what AT+CSCA? tells; the network has its own idea of it
  int reference = 0;                       // TP-MR of the next message
  std::map<std::string, Memory> memories;  // SM and SR, while it is in no modem
};

// All SIMs of a run, by ICCID. They stay where they are in memory.
class Drawer {
 public:
  // A new one asks for `pin` and tells `centre`.
  Card& card(const Identity& of, const std::string& pin);

  // The ICCID of a SIM that nobody has had yet.
  std::string fresh_iccid(std::uint64_t seed);

 private:
  std::map<std::string, Card> x_cards;
  int x_issued = 0;
};

}  // namespace burstd::sim

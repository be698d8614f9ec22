// The SIM behind a modem: unlocked by its PIN where it wants one, and read until it says who it is. A PIN is typed only
// after the Host has it on record, never when fewer than three tries are left unless a person said so, and never twice
// in a session; a PUK is never typed. Used by SetUp.
#pragma once

#include <optional>
#include <string>

#include "modem/charge.hpp"
#include "modem/interview.hpp"

namespace burstd::modem {

class SimCard {
 public:
  SimCard(Terminal& terminal, Charge charge, const Driver& driver)
      : x_terminal(terminal), x_charge(charge), x_driver(driver), x_interview(terminal, driver.command_timeout) {}

  // True when the SIM asks for nothing (any more); false when the terminal is over.
  async::Task<bool> unlock(Identity& identity);

  // What some modems tell only when the SIM is unlocked, and some only after a while.
  async::Task<> read(Identity& identity);

  bool typed() const { return x_typed; }
  bool typing() const { return x_typing; }

 private:
  // A PIN, and whether a person has just said that it may be typed.
  struct Key {
    std::string pin;
    bool by_person;
  };
  async::Task<std::string> locked(const at::Reply& reply, Identity& identity);
  async::Task<std::string> enter(Identity& identity);
  async::Task<std::string> look_again(Identity& identity);
  async::Task<std::string> type(Key key, const Identity& identity);
  async::Task<std::optional<int>> tries_left();

  Terminal& x_terminal;
  Charge x_charge;
  const Driver& x_driver;
  Interview x_interview;
  bool x_typed = false;
  bool x_typing = false;
};

}  // namespace burstd::modem

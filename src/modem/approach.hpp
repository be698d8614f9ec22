// The first words to a port. After an attempt without a verdict: listen, then ask with a bare AT, and ESC only
// when the network's own timer has run out, for an ESC may cut off a message that is still on its way. Otherwise
// ESC, CR, and AT until somebody answers.
#pragma once

#include <optional>

#include "modem/driver.hpp"
#include "modem/link.hpp"
#include "modem/terminal.hpp"

namespace burstd::modem {

class Approach {
 public:
  // `tries`: how often a bare port is asked, a second each, before it is taken for no modem's.
  Approach(Terminal& terminal, const Driver& driver, int tries = 10)
      : x_terminal(terminal), x_driver(driver), x_tries(tries) {}

  // Until when it listens, at most, before it speaks to a modem that does not answer.
  static base::Time listens_until(const Unresolved& attempt, const Driver& driver);

  // True when a modem answers; else the terminal is over, with the sentence.
  async::Task<bool> run(std::optional<Unresolved> unresolved);

 private:
  async::Task<bool> listen(Unresolved unresolved);
  async::Task<bool> wake();
  async::Task<bool> asked(at::Command command, base::Milliseconds patience);
  async::Task<> catch_up();

  Terminal& x_terminal;
  const Driver& x_driver;
  int x_tries;
  std::optional<base::Steady> x_asking_since;
};

}  // namespace burstd::modem

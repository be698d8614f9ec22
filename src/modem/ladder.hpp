// What to do with a modem whose session ended badly: open it again, reset it, switch its socket off and on, leave it in
// peace for a while. Each rung is gentler than the next, and a modem that works for a while begins at the foot again;
// one that swallows message after message is left in peace sooner, for each of them is one that somebody has to phone
// about. Pure; Modem climbs it.
#pragma once

#include <cstdint>

#include "base/time.hpp"

namespace burstd::modem {

class Ladder {
 public:
  enum class Rung : std::uint8_t { reopen, reset, usb_reset, quarantine };
  struct Step {
    Rung rung;
    base::Milliseconds pause;  // before the next opening
  };
  // What there is to help with.
  struct Means {
    bool reset = false;      // somebody who can be told to reset has answered
    bool usb_reset = false;  // it is on the bus, and the administrator allows it
    bool burnt = false;      // its last message was handed over and has no verdict
    bool gone = false;       // its port went away: that alone is somebody who unplugs it
  };

  // Pauses between openings: they double from the first to the most.
  Ladder(base::Milliseconds first, base::Milliseconds most) : x_first(first), x_most(most), x_pause(first) {}

  Step failed(Means means);

  // It was ready for so long. A short while is no recovery: the rung stays.
  void served(base::Milliseconds span);

  // It was away for a while, as when somebody unplugs it. One that goes away when it should send stays suspect.
  void unplugged();

  // A person did something: the foot of the ladder.
  void begin_again();

  // The network took a message: what was burnt before is no sign of anything.
  void accepted() { x_burnt = 0; }

  int failures() const { return x_failures; }

 private:
  base::Milliseconds next_pause();
  Step quarantine();

  base::Milliseconds x_first, x_most, x_pause;
  int x_failures = 0;
  int x_burnt = 0;  // failures with a message without a verdict, in a row
  int x_quarantines = 0;
};

}  // namespace burstd::modem

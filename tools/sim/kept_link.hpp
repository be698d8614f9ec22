// Whether the radio link to the network still stands when the next message is handed over, by 27.005, AT+CMMS. Turned
// by Modem and AT+CMMS; it has no clock, and how much time a standing link saves is Modem's.
#pragma once

#include "base/time.hpp"

namespace burstd::sim {

class KeptLink {
 public:
  // From a verdict to the next AT+CMGS; 27.005 leaves it to the maker, 1 to 5 seconds.
  static constexpr base::Milliseconds window{5000};

  // <n>: 1 falls back to 0 when nothing is sent for so long, 2 stays.
  void set(int mode, base::Steady now) {
    x_mode = mode;
    x_mode_until = now + window;
  }
  int mode(base::Steady now) const { return x_mode == 1 && now >= x_mode_until ? 0 : x_mode; }

  // AT+CMGS came; the message has its verdict.
  void take_up(base::Steady now) {
    x_mode = mode(now);
    x_stands = x_mode > 0 && now < x_link_until;
  }
  void let_go(base::Steady now) {
    x_mode_until = now + window;
    x_link_until = x_mode > 0 ? x_mode_until : base::Steady{};
  }

  // The message in hand needs no setting up.
  bool stands() const { return x_stands; }

 private:
  int x_mode = 0;
  base::Steady x_mode_until{};
  base::Steady x_link_until{};
  bool x_stands = false;
};

}  // namespace burstd::sim

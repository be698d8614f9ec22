// USSD as the network answers it (24.090, 27.007 7.15): a code goes up, after a while a text comes down, in the form
// that the make uses. One session a modem; Modem owns it, AT+CUSD speaks to it. It knows no port.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "sim/routing.hpp"

namespace burstd::sim {

class Ussd {
 public:
  using Busy = std::function<bool()>;  // a message is on the air, or nothing may be said now

  Ussd(Stage stage, const Identity& who, Terminal& terminal, Busy busy);

  // `code` as it was typed.
  void ask(std::string_view code);
  // Nothing comes any more; false when nothing was to come.
  bool cancel();
  void reset();

  std::string text;     // what the network answers
  UssdForm form;        // and how the modem writes it
  bool silent = false;  // the network answers nothing
  int presenting = 0;   // <n> of AT+CUSD

 private:
  void answer(std::uint64_t session);
  void note(std::string_view what, std::string_view value);

  Stage x_stage;
  const Identity& x_who;
  Terminal& x_terminal;
  Busy x_busy;
  std::uint64_t x_session = 0;  // counts, so that a cancelled one stays silent
  bool x_open = false;
};

// "Bal" as text, as "00420061006C" or as packed septets "C2301B".
std::string written(std::string_view text, UssdForm form);
int coding_of(UssdForm form);  // <dcs>

}  // namespace burstd::sim

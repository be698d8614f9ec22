// burstctl setup: walks IT through the first hour: is the service there, is the configuration sound, which modems are
// there and what do they need, does a message arrive. Asks on the terminal or reads answers from standard input;
// changes nothing but by asking the gateway for a reload, a PIN to be tried once and one test message.
#pragma once

#include <string>

#include "ctl/wire/session.hpp"
#include "ctl/words/modem_view.hpp"

namespace burstd::ctl {

struct SetupWish {
  std::string config{default_config};
  std::string to;     // of the test message; empty: asked for
  int patience = 90;  // seconds for a modem to become ready
};

// Exit::done when the report of the test message has come.
Exit set_up(const Session& session, const SetupWish& wish);

}  // namespace burstd::ctl

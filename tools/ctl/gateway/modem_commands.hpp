// burstctl modems and burstctl modem …: how the modems are, and what a person does to one. Called by command_line.
// A PIN is read from standard input only, so that it stands in no list of processes and no shell history; it is
// printed nowhere.
#pragma once

#include <string>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct Handling {
  std::string name;
  std::string user;
  std::string imei, port;               // replace
  bool same = false, last_try = false;  // unlock
};

// All of them; with a name that one in full.
Exit show_modems(const Session& session, const std::string& name);

Exit pause_modem(const Session& session, const Handling& handling);
Exit resume_modem(const Session& session, const Handling& handling);
Exit reset_modem(const Session& session, const Handling& handling);
Exit unlock_modem(const Session& session, const Handling& handling);
Exit replace_modem(const Session& session, const Handling& handling);

}  // namespace burstd::ctl

// burstctl events: what happens, line by line as it happens.
// Called by command_line; changes nothing, and ends with Ctrl-C.
#pragma once

#include <optional>
#include <string>

#include "ctl/line/finish.hpp"
#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct Following {
  std::optional<std::int64_t> after;
  std::string kind;  // empty: every kind
};

Exit follow_events(const Session& session, const Following& following);

// The command with its options; `following` is read into.
void add_event_commands(CLI::App& parent, Following& following, const Finish& finish);

}  // namespace burstd::ctl

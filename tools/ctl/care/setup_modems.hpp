// The part of burstctl setup that gets modems to work: shows what is there, also what others hold or the configuration
// does not name, has the configuration read anew, and asks for each PIN once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ctl/care/setup_command.hpp"
#include "ctl/wire/session.hpp"

namespace burstd::ctl {

// Exit::done as soon as one is ready. `unlocked` gets the names of those that are by a PIN typed here.
Exit set_up_modems(const Session& session, const SetupWish& wish, std::vector<std::string>& unlocked);

// "burstctl setup", with the file that this one was begun with.
std::string setup_again(const SetupWish& wish);

// A line that was typed; nothing at the end of the input.
std::optional<std::string> answer_from(const Session& session, const std::string& question);

}  // namespace burstd::ctl

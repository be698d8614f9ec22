// The options of the commands about messages, items and bursts: what may be typed and what it is read into. Used by
// command_line, which knows the commands; nothing is done here.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "ctl/burst/burst_file.hpp"
#include "ctl/items/item_commands.hpp"
#include "ctl/items/message_commands.hpp"

namespace burstd::ctl {

// An option with a value: its name in the help, and what it is for.
// An empty value is wrong usage: in a script it is a variable that was not set.
CLI::Option& value(CLI::App& app, const std::string& names, std::string& into,
                   const std::pair<const char*, const char*>& words);

// The same of one that must be given; the help says so.
CLI::Option& required(CLI::App& app, const std::string& names, std::string& into,
                      const std::pair<const char*, const char*>& words);

std::string given(const std::string& typed);  // CLI11's check for the same

// The ID of something; read in the gateway's own letters.
CLI::Option& id_of(CLI::App& app, std::string& id, const char* what);

void text_options(CLI::App& app, Message& message);
void send_options(CLI::App& app, Message& message);
void item_options(CLI::App& app, Items& items);
void withdrawal_options(CLI::App& app, Withdrawal& withdrawal);
void draft_options(CLI::App& app, Draft& draft);

// Where a file's columns are named by hand.
std::vector<CLI::Option*> column_options(CLI::App& app, Columns& columns);

}  // namespace burstd::ctl

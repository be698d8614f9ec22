// A page of help, in the order of a manual page: what the command does, how it is called, its arguments, options and
// commands, words and examples, what holds for all commands, and what the exit status means. The manual is made of it.
#pragma once

#include <CLI/App.hpp>
#include <CLI/Formatter.hpp>
#include <string>

namespace burstd::ctl {

// The group of the options that every command has.
inline constexpr const char* everywhere = "On every command";

// Not for what is listed under "Without the gateway".
bool asks_the_gateway(const CLI::App& command);

class HelpPage final : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;
  std::string make_usage(const CLI::App* app, std::string name) const override;
  std::string make_option(const CLI::Option* option, bool is_positional) const override;
  std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode mode) const override;
};

}  // namespace burstd::ctl

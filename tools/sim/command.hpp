// The AT commands as a table of prefix and act (V.25ter, 27.005, 27.007), and the reading of a command line
// with several of them: ATE0V1+CMEE=1;+CSQ. Only Modem calls it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/terminal.hpp"

namespace burstd::sim {

class Modem;

struct Request {
  enum class Form : std::uint8_t { execute, read, test, set };
  Form form = Form::execute;
  std::string_view arguments;  // after the equals sign; of a basic command: its number

  bool is(Form wanted) const { return form == wanted; }
};

struct Command {
  std::string_view name;
  Outcome (*act)(Modem& modem, const Request& request);
};

// Where the line's "AT" begins, in either case; npos where it has none.
std::size_t find_command(std::string_view line);

// Everything after "AT", up to the first command that does not end in OK.
Outcome run_commands(Modem& modem, std::string_view commands);

std::span<const Command> basic_commands();     // ATE, AT&F: a letter and a number
std::span<const Command> identity_commands();  // who it is, radio
std::span<const Command> card_commands();      // the SIM and its PIN
std::span<const Command> ussd_commands();
std::span<const Command> message_commands();  // 27.005

// Arguments between commas, without their quotation marks.
std::vector<std::string_view> split(std::string_view arguments);

// The arguments as numbers; an empty one keeps its place as -1. Nothing when one is no number.
std::optional<std::vector<int>> numbers(std::string_view arguments);

}  // namespace burstd::sim

// What the command line of burstd asks for. main acts on it; the options of the service are in its configuration
// file, not here.
#pragma once

#include <string>
#include <string_view>

namespace burstd::app {

enum class Wish : std::uint8_t { run, check, version, help, mistake };

struct CommandLine {
  Wish wish = Wish::run;
  std::string config = "/etc/burstd/burstd.yaml";
  bool unsafe_trace = false;
};

// Prints what is wrong to standard error, and gives Wish::mistake then.
CommandLine read_command_line(int argc, char** argv);

extern const std::string_view usage;

}  // namespace burstd::app

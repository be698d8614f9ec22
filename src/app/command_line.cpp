#include "app/command_line.hpp"

#include <getopt.h>

#include <array>
#include <iostream>

namespace burstd::app {

const std::string_view usage = R"(usage: burstd [--config FILE] [--check] [--unsafe-trace]

The gateway itself: sends text messages over GSM modems for the clients of its Unix socket.

  -c, --config FILE   the configuration (default /etc/burstd/burstd.yaml)
      --check         only read the configuration and tell every mistake in it
      --unsafe-trace  write to the log what goes over the ports, texts and numbers of patients included; without it,
                      log: {level: debug} writes it with both masked
      --version       print the version
  -h, --help          print this

Exit status: 0 ended as asked, 1 could not start or go on, 2 wrong usage, 65 the record cannot be used and somebody
has to act (see burstctl restore), 78 wrong configuration.
SIGTERM and SIGINT end it after the message that is on the air; a second one ends it at once. SIGHUP has it read its
configuration anew.
)";

CommandLine read_command_line(int argc, char** argv) {
  enum : int { check = 1, version = 2, trace = 3 };
  static constexpr std::array<option, 6> known{{{"config", required_argument, nullptr, 'c'},
                                                {"check", no_argument, nullptr, check},
                                                {"unsafe-trace", no_argument, nullptr, trace},
                                                {"version", no_argument, nullptr, version},
                                                {"help", no_argument, nullptr, 'h'},
                                                {nullptr, 0, nullptr, 0}}};
  CommandLine line;
  int found = 0;
  while ((found = getopt_long(argc, argv, "c:h", known.data(), nullptr)) != -1) {
    if (found == 'c') line.config = optarg;
    if (found == 'h') line.wish = Wish::help;
    if (found == check) line.wish = Wish::check;
    if (found == trace) line.unsafe_trace = true;
    if (found == version) line.wish = Wish::version;
    if (found == '?') line.wish = Wish::mistake;
    if (line.wish != Wish::run && line.wish != Wish::check) return line;
  }
  if (optind < argc) {
    std::cerr << "burstd: \"" << argv[optind] << "\" is not understood; a configuration is named with --config\n";
    line.wish = Wish::mistake;
  }
  return line;
}

}  // namespace burstd::app

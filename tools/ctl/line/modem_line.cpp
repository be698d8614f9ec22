#include "ctl/line/modem_line.hpp"

#include <array>

#include "ctl/line/command_options.hpp"

namespace burstd::ctl {

namespace {

constexpr const char* group_words = "The gateway";

struct Deed {
  const char *name, *description, *footer;
  Exit (*run)(const Session&, const Handling&);
};

constexpr std::array deeds{
    Deed{"pause", "close its port: it sends and receives nothing until it is resumed",
         "Another program may use the modem meanwhile. What waits is sent by the other modems.", pause_modem},
    Deed{"resume", "use it again", "", resume_modem},
    Deed{"reset", "let it start anew, by its own reset command", "It is away for a while and comes back by itself.",
         reset_modem},
    Deed{"unlock", "give its SIM the PIN",
         "The PIN is read from standard input, on a terminal without being shown. Without a terminal:\n"
         "  burstctl modem unlock front < pin.txt\n"
         "Three wrong PINs lock a SIM. The last try is refused without --last-try.",
         unlock_modem},
    Deed{"replace", "let another modem go by its name",
         "Without --imei and --port: the only one plugged in that is not in use. What is not in use, and why:\n"
         "  burstctl modems",
         replace_modem},
};

void name_of_modem(CLI::App& app, Handling& handling, bool required) {
  app.add_option("NAME", handling.name, "the modem, as burstctl modems shows it")
      ->required(required)
      ->option_text(" ")
      ->check(given);
}

void options_of(CLI::App& app, Handling& handling, const std::string& deed) {
  name_of_modem(app, handling, true);
  value(app, "--user", handling.user, {"U", "who does it; stays on record"});
  if (deed == "unlock") {
    app.add_flag("--same", handling.same, "read no PIN: try the configured one once more");
    app.add_flag("--last-try", handling.last_try, "also when a wrong PIN would lock the SIM");
  }
  if (deed == "replace") {
    value(app, "--imei", handling.imei, {"IMEI", "the modem with this IMEI"});
    value(app, "--port", handling.port, {"PORT", "the modem at this port"});
  }
}

}  // namespace

void add_modem_commands(CLI::App& parent, Handling& handling, const Finish& finish) {
  CLI::App& modems = *parent.add_subcommand("modems", "how the modems are; with a name all about one");
  modems.group(group_words);
  name_of_modem(modems, handling, false);
  finish(modems, [&handling](const Session& session) { return show_modems(session, handling.name); });
  CLI::App& modem = *parent.add_subcommand("modem", "do something to a modem: pause, resume, reset, unlock, replace");
  modem.group(group_words);
  modem.require_subcommand(1);
  modem.set_help_flag("-h,--help", "this page");
  for (const Deed& deed : deeds) {
    CLI::App& app = *modem.add_subcommand(deed.name, deed.description);
    app.footer(deed.footer);
    options_of(app, handling, deed.name);
    finish(app, [&handling, run = deed.run](const Session& session) { return run(session, handling); });
  }
}

}  // namespace burstd::ctl

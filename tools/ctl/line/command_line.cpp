#include "ctl/line/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <ostream>

#include "ctl/gateway/event_commands.hpp"
#include "ctl/gateway/gateway_commands.hpp"
#include "ctl/line/burst_line.hpp"
#include "ctl/line/command_options.hpp"
#include "ctl/line/completion.hpp"
#include "ctl/line/file_line.hpp"
#include "ctl/line/help_page.hpp"
#include "ctl/line/keeping_line.hpp"
#include "ctl/line/message_line.hpp"
#include "ctl/line/modem_line.hpp"
#include "ctl/line/patient_line.hpp"
#include "ctl/line/pdu_line.hpp"
#include "ctl/line/record_line.hpp"
#include "ctl/line/watch_line.hpp"
#include "ctl/words/clinic_clock.hpp"
#include "ctl/words/quota_view.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::chrono::seconds short_patience{5};
constexpr const char* default_socket = "/run/burstd/burstd.sock";

// Everything the options are read into, and the command that was found.
struct Wishes {
  std::string socket;
  bool json = false;
  MessageWishes messages;
  BurstWishes bursts;
  PduWishes pdu;
  FileWishes files;
  Handling modem;
  KeepingWishes keeping;
  RecordWishes record;
  WatchWishes watching;
  PatientWishes patients;
  Following following;
  std::optional<std::int64_t> segments;  // asked of the quota
  std::vector<std::string> explained;    // the command whose page is wanted
  std::function<Exit(const Session&)> command;
};

void common(CLI::App& app, Wishes& wishes) {
  value(app, "--socket", wishes.socket,
        {"PATH", "the gateway's socket (else BURSTD_SOCKET, else /run/burstd/burstd.sock)"})
      .group(everywhere);
  app.add_flag("--json", wishes.json, "print the gateway's answer as it came, for programs")->group(everywhere);
  app.set_help_flag("-h,--help", "this page")->group(everywhere);
}

struct Page {
  const char *name, *description, *footer;
};

// A subcommand with its help and the command it stands for.
CLI::App& add(CLI::App& parent, Wishes& wishes, const Page& page, std::function<Exit(const Session&)> command) {
  CLI::App& app = *parent.add_subcommand(page.name, page.description);
  app.footer(page.footer);
  common(app, wishes);
  app.callback([&wishes, command = std::move(command)] { wishes.command = command; });
  return app;
}

void gateway_commands(CLI::App& app, Wishes& wishes) {
  const char* group = "The gateway";
  add(app, wishes, {"status", "whether it sends, what waits, how the modems are", ""}, show_status).group(group);
  CLI::App& quota = add(app, wishes,
                        {"quota", "what the SIM cards may still send, and when a limit that is used up goes on",
                         "Exit status 1 when so many SMS do not fit."},
                        [&wishes](const Session& session) { return show_quota(session, wishes.segments); });
  quota.group(group);
  quota
      .add_option_function<std::int64_t>(
          "--segments", [&wishes](std::int64_t segments) { wishes.segments = segments; },
          "whether so many SMS more would fit")
      ->option_text("N")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{1'000'000}));
  add(app, wishes, {"version", "the versions of burstctl and of the gateway", ""}, show_version).group(group);
}

std::string socket_of(const Wishes& wishes) {
  if (!wishes.socket.empty()) return wishes.socket;
  const char* set = std::getenv("BURSTD_SOCKET");
  return set != nullptr && *set != '\0' ? set : default_socket;
}

// What was wrong with the line typed, and where its help is.
std::string complaint(const CLI::App* app, const CLI::Error& error) {
  std::string path = app->get_name();
  while (!app->get_subcommands().empty()) {
    app = app->get_subcommands().front();
    path += " " + app->get_name();
  }
  std::string what = error.what();
  const std::vector<std::string> unknown = app->remaining();
  const auto is_named = [](const CLI::App* command) { return !command->get_name().empty(); };
  const bool commands = !app->get_subcommands(is_named).empty();
  if (commands && !unknown.empty()) what = "there is no command \"" + unknown.front() + "\"";
  if (commands && unknown.empty() && dynamic_cast<const CLI::RequiredError*>(&error) != nullptr)
    what = "a command is missing";
  return "burstctl: " + what + "\nSee: " + path + " --help\n";
}

// The same page as that of COMMAND --help.
Exit explain_command(const CLI::App& app, const std::vector<std::string>& path, const Term& term) {
  const CLI::App* command = &app;
  std::string name = app.get_name();
  for (const std::string& word : path) {
    const auto is_meant = [&](const CLI::App* below) { return below->check_name(word); };
    const auto found = command->get_subcommands(is_meant);
    if (found.empty()) {
      term.err << "burstctl: there is no command \"" << printable(word) << "\"\nSee: " << name << " --help\n";
      return Exit::usage;
    }
    command = found.front();
    name += " " + command->get_name();
  }
  term.out << HelpPage().make_help(command, name, CLI::AppFormatMode::Normal);
  return Exit::done;
}

void help_command(CLI::App& app, Wishes& wishes) {
  CLI::App& help =
      add(app, wishes,
          {"help", "the page of a command, as COMMAND --help shows it",
           "Examples:\n  burstctl help burst\n  burstctl help burst send"},
          [&app, &wishes](const Session& session) { return explain_command(app, wishes.explained, session.term); });
  help.group("Without the gateway");
  help.add_option("COMMAND", wishes.explained, "without it, the page of burstctl")->option_text(" ");
}

void describe(CLI::App& app, Wishes& wishes) {
  app.formatter_fn([](const CLI::App* command, std::string name, CLI::AppFormatMode mode) {
    return HelpPage().make_help(command, std::move(name), mode);
  });
  app.require_subcommand(1);
  common(app, wishes);
  app.set_version_flag("--version", "burstctl " BURSTD_VERSION, "the version of burstctl");
  app.footer(
      "burstctl COMMAND --help tells more. Times are those of the clinic's clock (of TZ, where it is set); --json\n"
      "gives RFC 3339 in UTC.");
  app.failure_message(complaint);
  const Finish finish = [&wishes](CLI::App& command, std::function<Exit(const Session&)> run) {
    common(command, wishes);
    command.callback([&wishes, run = std::move(run)] { wishes.command = run; });
  };
  gateway_commands(app, wishes);
  add_event_commands(app, wishes.following, finish);
  add_modem_commands(app, wishes.modem, finish);
  add_message_commands(app, wishes.messages, finish);
  add_burst_commands(app, wishes.bursts, finish);
  add_patient_commands(app, wishes.patients, finish);
  add_keeping_commands(app, wishes.keeping, finish);
  add_record_commands(app, wishes.record, finish);
  add_watch_commands(app, wishes.watching, finish);
  add_file_commands(app, wishes.files, finish);
  add_pdu_commands(app, wishes.pdu, finish);
  help_command(app, wishes);
  add(app, wishes,
      {"completion", "print what bash needs to complete commands and options",
       "For this shell:\n  source <(burstctl completion)\nFor everybody:\n"
       "  burstctl completion > /usr/share/bash-completion/completions/burstctl"},
      [&app](const Session& session) {
        session.term.out << bash_completion(app);
        return Exit::done;
      })
      .group("Without the gateway");
}

// The first word names the command; CLI11 would pass over one that it does not know and take a later word for it.
std::optional<std::string> unknown_command(const CLI::App& app, const std::vector<std::string>& args) {
  for (std::size_t at = 0; at < args.size(); ++at) {
    if (args[at].starts_with('-')) {
      at += args[at] == "--socket" ? 1 : 0;
      continue;
    }
    const auto is_named = [&](const CLI::App* command) { return command->check_name(args[at]); };
    return app.get_subcommands(is_named).empty() ? std::optional{args[at]} : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

Exit run(const std::vector<std::string>& args, const Term& term) {
  CLI::App app("Asks the SMS gateway burstd on this machine: what it sends, to whom, and what became of it.",
               "burstctl");
  Wishes wishes;
  describe(app, wishes);
  if (args.empty()) {
    term.err << app.help();
    return Exit::usage;
  }
  if (const auto word = unknown_command(app, args)) {
    term.err << "burstctl: there is no command \"" << printable(*word) << "\"\nSee: burstctl --help\n";
    return Exit::usage;
  }
  try {
    app.parse(std::vector<std::string>(args.rbegin(), args.rend()));
  } catch (const CLI::ParseError& error) {
    if (app.exit(error, term.out, term.err) == 0) return Exit::done;
    // To a monitoring system 2 is critical, and 3 that nobody knows.
    return std::ranges::find(args, "--nagios") == args.end() ? Exit::usage : Exit::unreachable;
  }
  const Client client(socket_of(wishes));
  // A check for a monitoring system shows no time and has none to lose.
  const bool shows_times = term.at_the_clinic && !wishes.messages.nagios.wanted;
  if (shows_times && asks_the_gateway(*app.get_subcommands().front()))
    go_by_the_clinics_clock(Client(client.socket(), short_patience));
  return wishes.command(Session{client, term, wishes.json});
}

}  // namespace burstd::ctl

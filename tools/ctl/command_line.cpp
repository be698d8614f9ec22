#include "ctl/command_line.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <functional>
#include <ostream>

#include "ctl/burst_commands.hpp"
#include "ctl/clinic_clock.hpp"
#include "ctl/command_options.hpp"
#include "ctl/completion.hpp"
#include "ctl/event_commands.hpp"
#include "ctl/file_line.hpp"
#include "ctl/gateway_commands.hpp"
#include "ctl/help_page.hpp"
#include "ctl/keeping_line.hpp"
#include "ctl/message_line.hpp"
#include "ctl/modem_line.hpp"
#include "ctl/patient_line.hpp"
#include "ctl/pdu_line.hpp"
#include "ctl/quota_view.hpp"
#include "ctl/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::chrono::seconds short_patience{5};
constexpr const char* default_socket = "/run/burstd/burstd.sock";

// Everything the options are read into, and the command that was found.
struct Wishes {
  std::string socket;
  bool json = false;
  MessageWishes messages;
  Launch launch;
  Showing showing;
  PduWishes pdu;
  FileWishes files;
  Handling modem;
  KeepingWishes keeping;
  PatientWishes patients;
  Following following;
  std::optional<std::int64_t> segments;  // asked of the quota
  std::string id;
  Withdrawal withdrawal;  // of a burst
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

void id_of(CLI::App& app, Wishes& wishes, const char* what) {
  app.add_option("ID", wishes.id, what)->required()->option_text(" ");
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

constexpr const char* file_words =
    "FILE is CSV with a header line (comma, semicolon or tab; UTF-8), a JSON array of recipients, or - for\n"
    "standard input. Columns with a meaning of their own:\n"
    "  to, number, mobile, phone, mobile_number   the phone number\n"
    "  patient, patient_id                        your reference of the patient\n"
    "  name, patient_name                         shown in lists\n"
    "  client_ref                                 your key for the row: the same key never sends twice\n"
    "  appointment_at                             2026-03-01 08:30; expired an hour before, unless told otherwise\n"
    "  exclude                                    a reason not to send to this row\n"
    "Every column is a placeholder in the text: {first_name}, also for a column \"First name\"; {{ is a brace.\n"
    "With --text only the columns that it names are handed over, besides those above.\n"
    "An empty cell counts as missing: a text with a hole is not sent. {first_name|patient} has an answer to it, and\n"
    "{appointment_at:dd.MM. 'at' HH:mm} writes a time so.\n"
    "A report whose columns have other names goes with --report MAPPING; see config/reports/appointments.yaml.\n";

void burst_preview(CLI::App& burst, Wishes& wishes) {
  static const std::string footer =
      std::string("Example:\n  burstctl burst preview tomorrow.csv --text \"Dear {name}, see you at {time}.\"\n\n") +
      file_words;
  CLI::App& app = add(burst, wishes, {"preview", "look at a burst before it leaves; sends nothing", footer.c_str()},
                      [&wishes](const Session& session) { return preview_burst(session, wishes.launch); });
  app.add_option("FILE", wishes.launch.draft.file, "the recipients, CSV or JSON")->option_text(" ");
  app.add_flag("--all", wishes.launch.all, "show every row; of more than 50, else the first ten and those to look at");
  draft_options(app, wishes.launch.draft);
}

void burst_send(CLI::App& burst, Wishes& wishes) {
  static const std::string footer =
      std::string(
          "Examples:\n  burstctl burst send 01HV3K… --deselect 3,7-9 --watch\n"
          "  burstctl burst send tomorrow.csv --template appointment-reminder\n\n"
          "Exit status 1 when nothing was accepted or, with --watch, when a message ended in Send Failed.\n"
          "With --json the last answer is printed.\n\n") +
      file_words;
  CLI::App& app = add(burst, wishes,
                      {"send", "send a burst that was previewed (ID), or preview, ask and send (FILE)", footer.c_str()},
                      [&wishes](const Session& session) { return send_burst(session, wishes.launch); });
  Launch& launch = wishes.launch;
  app.add_option("ID|FILE", launch.draft.file, "the preview, or the recipients")->option_text(" ");
  CLI::Option* select = app.add_option("--select", launch.select, "exactly these rows");
  select->option_text("ROWS")->check(given);
  app.add_option("--deselect", launch.deselect, "all that the preview selects but these rows, such as 3,7-9")
      ->option_text("ROWS")
      ->check(given)
      ->excludes(select);
  app.add_flag("--yes", launch.yes, "do not ask before a FILE is sent");
  app.add_flag("--watch", launch.watch, "show progress until every message is final");
  draft_options(app, launch.draft);
}

void burst_commands(CLI::App& app, Wishes& wishes) {
  CLI::App& burst = *app.add_subcommand("burst", "many messages from a file: preview, send, show, cancel");
  burst.group("Bursts");
  burst.require_subcommand(1);
  burst.set_help_flag("-h,--help", "this page");
  burst.footer("Begin with: burstctl burst preview FILE.csv --text \"Dear {name}, …\"");
  burst_preview(burst, wishes);
  burst_send(burst, wishes);
  CLI::App& show = add(burst, wishes, {"show", "how far a burst is", "Ctrl-C ends the watching, never the burst."},
                       [&wishes](const Session& session) {
                         wishes.showing.id = wishes.id;
                         return show_burst(session, wishes.showing);
                       });
  id_of(show, wishes, "the burst");
  show.add_flag("--watch", wishes.showing.watch, "show progress until every message is final");
  show.add_flag("--rows", wishes.showing.rows, "every row with its verdict, flags and text");
  CLI::App& cancel = add(burst, wishes, {"cancel", "withdraw every message of which nothing has left yet", ""},
                         [&wishes](const Session& session) {
                           wishes.withdrawal.id = wishes.id;
                           return cancel_burst(session, wishes.withdrawal);
                         });
  id_of(cancel, wishes, "the burst");
  withdrawal_options(cancel, wishes.withdrawal);
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
  if (commands && unknown.empty()) what = "a command is missing";
  return "burstctl: " + what + "\nSee: " + path + " --help\n";
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
  burst_commands(app, wishes);
  add_patient_commands(app, wishes.patients, finish);
  add_keeping_commands(app, wishes.keeping, finish);
  add_file_commands(app, wishes.files, finish);
  add_pdu_commands(app, wishes.pdu, finish);
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
    return app.exit(error, term.out, term.err) == 0 ? Exit::done : Exit::usage;
  }
  const Client client(socket_of(wishes));
  if (term.at_the_clinic && asks_the_gateway(*app.get_subcommands().front()))
    go_by_the_clinics_clock(Client(client.socket(), short_patience));
  return wishes.command(Session{client, term, wishes.json});
}

}  // namespace burstd::ctl

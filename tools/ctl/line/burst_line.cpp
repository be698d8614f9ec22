#include "ctl/line/burst_line.hpp"

#include <CLI/CLI.hpp>
#include <string>

#include "ctl/burst/burst_list.hpp"
#include "ctl/line/command_options.hpp"

namespace burstd::ctl {

namespace {

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

constexpr const char* send_words =
    "Examples:\n"
    "  burstctl burst send ZFFZRX-B2 --deselect 3,7-9 --watch\n"
    "  burstctl burst send tomorrow.csv --template appointment-reminder\n\n"
    "Exit status 1 when nothing was accepted or, with --watch, when a message ended in Send Failed.\n"
    "With --json the last answer is printed.\n\n";

void burst_preview(CLI::App& family, BurstWishes& wishes, const Finish& finish) {
  CLI::App& app = *family.add_subcommand("preview", "look at a burst before it leaves; sends nothing");
  app.footer(
      std::string("Example:\n  burstctl burst preview tomorrow.csv --text \"Dear {name}, see you at {time}.\"\n\n") +
      file_words);
  app.add_option("FILE", wishes.launch.draft.file, "the recipients, CSV or JSON")->option_text(" ");
  app.add_flag("--all", wishes.launch.all, "show every row; of more than 50, else the first ten and those to look at");
  draft_options(app, wishes.launch.draft);
  finish(app, [&wishes](const Session& session) { return preview_burst(session, wishes.launch); });
}

void burst_send(CLI::App& family, BurstWishes& wishes, const Finish& finish) {
  CLI::App& app =
      *family.add_subcommand("send", "send a burst that was previewed (ID), or preview, ask and send (FILE)");
  app.footer(std::string(send_words) + file_words);
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
  finish(app, [&wishes](const Session& session) { return send_burst(session, wishes.launch); });
}

void burst_show(CLI::App& family, Showing& showing, const Finish& finish) {
  CLI::App& app = *family.add_subcommand("show", "how far a burst is");
  app.footer("Ctrl-C ends the watching, never the burst.");
  id_of(app, showing.id, "the burst, as burstctl burst list shows it");
  app.add_flag("--watch", showing.watch, "show progress until every message is final");
  app.add_flag("--rows", showing.rows, "every row with its verdict, flags and text");
  finish(app, [&showing](const Session& session) { return show_burst(session, showing); });
}

void burst_list(CLI::App& family, std::size_t& most, const Finish& finish) {
  CLI::App& app = *family.add_subcommand("list", "all of them, the newest first, with what became of their messages");
  app.footer("With --json every page of up to 500 is printed on a line of its own.");
  app.add_option("--limit", most, "how many, the newest first (50)")
      ->option_text("N")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000}));
  finish(app, [&most](const Session& session) { return list_bursts(session, most); });
}

void burst_cancel(CLI::App& family, Withdrawal& withdrawal, const Finish& finish) {
  CLI::App& app = *family.add_subcommand("cancel", "withdraw every message of which nothing has left yet");
  app.footer("Exit status 1 when there was nothing to withdraw.");
  id_of(app, withdrawal.id, "the burst, as burstctl burst list shows it");
  withdrawal_options(app, withdrawal);
  finish(app, [&withdrawal](const Session& session) { return cancel_burst(session, withdrawal); });
}

}  // namespace

void add_burst_commands(CLI::App& parent, BurstWishes& wishes, const Finish& finish) {
  CLI::App& family = *parent.add_subcommand("burst", "many messages from a file: preview, send, show, list, cancel");
  family.group("Bursts");
  family.require_subcommand(1);
  family.set_help_flag("-h,--help", "this page");
  family.footer("Begin with: burstctl burst preview FILE.csv --text \"Dear {name}, …\"");
  burst_preview(family, wishes, finish);
  burst_send(family, wishes, finish);
  burst_show(family, wishes.showing, finish);
  burst_list(family, wishes.most, finish);
  burst_cancel(family, wishes.withdrawal, finish);
}

}  // namespace burstd::ctl

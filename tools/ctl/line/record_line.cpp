#include "ctl/line/record_line.hpp"

#include <CLI/CLI.hpp>

#include "ctl/care/audit_command.hpp"
#include "ctl/line/command_options.hpp"

namespace burstd::ctl {

namespace {

constexpr const char* record_group = "The record";

void file_of(CLI::App& app, RecordWishes& wishes, const char* what) {
  app.add_option("FILE", wishes.file, what)->required()->option_text(" ")->check(given);
}

void add_verify(CLI::App& parent, RecordWishes& wishes, const Finish& finish) {
  CLI::App& app = *parent.add_subcommand("verify", "prove that the record is whole, or name the first row that is not");
  app.group(record_group);
  value(app, "--record", wishes.record,
        {"PATH", "not by the gateway: this folder of a record, or this backup, as it lies on the disk"});
  app.footer(
      "Every page of the file is looked at, every row of the history is sealed anew, and every message's state is\n"
      "folded from its history and parts. The gateway goes on meanwhile. The last line is what to write down: a\n"
      "record that somebody cut or put back has another seal. Exit status 1 if the record is not whole.\n"
      "Proved are the history, each message's number, text, state and parts, the notes and the audit. The other\n"
      "tables (replies, opt-outs, attempts, templates, groups) are guarded against change, but not sealed.");
  finish(app, [&wishes](const Session& session) { return verify_record(session, wishes); });
}

void add_backup(CLI::App& parent, RecordWishes& wishes, const Finish& finish) {
  CLI::App& app = *parent.add_subcommand("backup", "write a checked copy of the whole record to a file");
  app.group(record_group);
  file_of(app, wishes, "where to; an older backup of this name is replaced when the new one is whole");
  app.footer(
      "The gateway goes on meanwhile. The file is for its owner alone (0600) and holds texts, numbers and the key of\n"
      "the record: keep it as safe as the record, and on another disk. Exit status 1 if there is no whole backup;\n"
      "nothing is left of it then. To put it back: burstctl restore FILE");
  finish(app, [&wishes](const Session& session) { return back_up(session, wishes); });
}

void add_restore(CLI::App& parent, RecordWishes& wishes, const Finish& finish) {
  CLI::App& app = *parent.add_subcommand("restore", "put a backup in the record's place while burstd does not run");
  app.group(record_group);
  file_of(app, wishes, "the backup, or another whole file of a record");
  value(app, "--record", wishes.record, {"FOLDER", "where the record is (else as the configuration says)"});
  app.add_option_function<std::string>(
         "--config", [&wishes](const std::string& typed) { wishes.config = typed; },
         "the configuration (/etc/burstd/burstd.yaml)")
      ->option_text("FILE")
      ->check(given);
  app.footer(
      "Stop burstd first. The file is checked, and the record that was there is kept under a name with the time. When\n"
      "burstd starts again it sends nothing until: burstctl release");
  finish(app, [&wishes](const Session& session) { return restore_record(session, wishes); });
}

void add_release(CLI::App& parent, RecordWishes& wishes, const Finish& finish) {
  CLI::App& app = *parent.add_subcommand("release", "let a record that was restored send again");
  app.group(record_group);
  required(app, "--user", wishes.user, {"U", "who says so; stays on record"});
  required(app, "--reason", wishes.reason, {"TEXT", "why it is safe; stays on record"});
  app.footer(
      "Only when you are sure that no other gateway sends from a copy of this record. What waited when it was copied\n"
      "is not sent: whether it left is not known. See: burstctl items --call-list");
  finish(app, [&wishes](const Session& session) { return release_record(session, wishes); });
}

void add_audit(CLI::App& parent, RecordWishes& wishes, const Finish& finish) {
  CLI::App& app = *parent.add_subcommand("audit", "who did what to the gateway and its record, and what was refused");
  app.group(record_group);
  app.add_option("--limit", wishes.rows, "how many, the newest first (50)")
      ->option_text("N")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000}));
  app.footer(
      "What administrators did (reload, backup, verify, release, trust-clock; modems reset, unlocked and replaced),\n"
      "what somebody said of a doubtful message, templates and groups, and what was refused for want of rights, as\n"
      "often as it was tried. Needs the role admin.\n"
      "With --json every page of up to 500 is printed on a line of its own.");
  finish(app, [&wishes](const Session& session) { return list_audit(session, wishes.rows); });
}

}  // namespace

void add_record_commands(CLI::App& parent, RecordWishes& wishes, const Finish& finish) {
  add_verify(parent, wishes, finish);
  add_backup(parent, wishes, finish);
  add_restore(parent, wishes, finish);
  add_release(parent, wishes, finish);
  add_audit(parent, wishes, finish);
}

}  // namespace burstd::ctl

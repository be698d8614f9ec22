#include "ctl/line/keeping_line.hpp"

#include <CLI/CLI.hpp>

#include "ctl/line/command_options.hpp"

namespace burstd::ctl {

namespace {

// A word with commands of its own.
CLI::App& family_of_bursts(CLI::App& parent, const char* name, const char* description) {
  CLI::App& app = *parent.add_subcommand(name, description);
  app.group("Bursts");
  app.require_subcommand(1);
  app.set_help_flag("-h,--help", "this page");
  return app;
}

void name_of(CLI::App& app, std::string& name, const char* what) {
  app.add_option("NAME", name, what)->required()->option_text(" ")->check(given);
}

void who_does_it(CLI::App& app, std::string& user) {
  value(app, "--user", user, {"U", "who does it; stays on record"});
}

void template_put(CLI::App& family, TemplateWish& wish, const Finish& finish) {
  CLI::App& app = *family.add_subcommand("put", "make a template, or replace it");
  name_of(app, wish.name, "a-z, 0-9 and hyphens");
  app.add_option_function<std::string>(
         "--text", [&wish](const std::string& text) { wish.text = text; },
         "the text with {placeholders}; without it, standard input is read")
      ->option_text("TEXT");
  value(app, "--description", wish.description, {"D", "what it is for"});
  app.add_option("--max-segments", wish.max_segments, "a longer text is refused")
      ->option_text("N")
      ->check(CLI::Range(1, 255));
  who_does_it(app, wish.user);
  app.footer(
      "Example:\n  burstctl template put recall --text \"Dear {patient_name|patient}, please call us: {phone}.\"\n"
      "Of a template that is there, a description or limit that is not given stays as it was.\n"
      "{name} stands for a column or field, {name|you} for \"you\" where it has no value, and\n"
      "{appointment_at:dd.MM. 'at' HH:mm} for a time written so (yyyy yy MM M dd d HH H hh h mm ss a); {{ is a brace.\n"
      "Needs the role admin.");
  finish(app, [&wish](const Session& session) { return put_template(session, wish); });
}

void template_trial(CLI::App& family, TemplateWish& wish, const Finish& finish) {
  CLI::App& app = *family.add_subcommand("dry-run", "what it would say, and as how many SMS; sends nothing");
  name_of(app, wish.name, "the template, as burstctl template list shows it");
  app.add_option("--field", wish.fields, "what a placeholder stands for; may be given again")
      ->option_text("NAME=VALUE")
      ->allow_extra_args(false);
  value(app, "--patient-name", wish.patient_name, {"N", "stands for {patient_name}"});
  value(app, "--appointment-at", wish.appointment_at, {"T", "\"2026-03-01 08:30\", RFC 3339"});
  value(app, "--timezone", wish.timezone, {"ZONE", "whose clock it is shown by; else the clinic's"});
  app.footer("Exit status 1 when a value is missing or the text is too long.");
  finish(app, [&wish](const Session& session) { return try_template(session, wish); });
}

void template_commands(CLI::App& parent, TemplateWish& wish, const Finish& finish) {
  CLI::App& family = family_of_bursts(parent, "template", "texts with placeholders: list, show, put, delete, dry-run");
  finish(*family.add_subcommand("list", "all of them"), list_templates);
  CLI::App& show = *family.add_subcommand("show", "its text, and what it asks for");
  name_of(show, wish.name, "the template, as burstctl template list shows it");
  finish(show, [&wish](const Session& session) { return show_template(session, wish); });
  template_put(family, wish, finish);
  CLI::App& gone = *family.add_subcommand("delete", "take it away; needs the role admin");
  name_of(gone, wish.name, "the template, as burstctl template list shows it");
  who_does_it(gone, wish.user);
  finish(gone, [&wish](const Session& session) { return delete_template(session, wish); });
  template_trial(family, wish, finish);
}

void group_put(CLI::App& family, GroupWish& wish, const Finish& finish) {
  CLI::App& app = *family.add_subcommand("put", "make a group from a file, or replace its members");
  name_of(app, wish.name, "a-z, 0-9 and hyphens");
  app.add_option("FILE", wish.file, "the members, CSV or JSON as burst takes them, or -")
      ->required()
      ->option_text(" ")
      ->check(given);
  value(app, "--description", wish.description, {"D", "who they are"});
  value(app, "--synced-at", wish.synced_at, {"T", "as of when the file is (now)"});
  column_options(app, wish.columns);
  who_does_it(app, wish.user);
  app.footer(
      "Example:\n  burstctl group put flu-clinic members.csv --description \"Flu vaccination, autumn\"\n"
      "Number, patient and name of each row are kept, nothing else; at most 10,000. Numbers are judged when a\n"
      "burst is previewed: burstctl burst preview --group flu-clinic --text \"…\". Needs the role admin.");
  finish(app, [&wish](const Session& session) { return put_group(session, wish); });
}

void group_commands(CLI::App& parent, GroupWish& wish, const Finish& finish) {
  CLI::App& family = family_of_bursts(parent, "group", "groups of recipients: list, show, put, delete");
  finish(*family.add_subcommand("list", "all of them"), list_groups);
  CLI::App& show = *family.add_subcommand("show", "who is in it");
  name_of(show, wish.name, "the group, as burstctl group list shows it");
  finish(show, [&wish](const Session& session) { return show_group(session, wish); });
  group_put(family, wish, finish);
  CLI::App& gone = *family.add_subcommand("delete", "take it away; needs the role admin");
  name_of(gone, wish.name, "the group, as burstctl group list shows it");
  who_does_it(gone, wish.user);
  finish(gone, [&wish](const Session& session) { return delete_group(session, wish); });
}

}  // namespace

void add_keeping_commands(CLI::App& parent, KeepingWishes& wishes, const Finish& finish) {
  template_commands(parent, wishes.named, finish);
  group_commands(parent, wishes.group, finish);
}

}  // namespace burstd::ctl

#include "ctl/line/command_options.hpp"

#include "ctl/burst/selection.hpp"

namespace burstd::ctl {

namespace {

CLI::Option& read_as_id(CLI::Option& option) {
  // Transformed before it is checked: what is added last goes first.
  return *option.transform([](const std::string& typed) { return as_id(typed); });
}

}  // namespace

std::string given(const std::string& typed) { return typed.empty() ? "must not be empty" : std::string(); }

CLI::Option& value(CLI::App& app, const std::string& names, std::string& into,
                   const std::pair<const char*, const char*>& words) {
  return *app.add_option(names, into, words.second)->option_text(words.first)->check(given);
}

CLI::Option& required(CLI::App& app, const std::string& names, std::string& into,
                      const std::pair<const char*, const char*>& words) {
  return *value(app, names, into, words).required();
}

CLI::Option& id_of(CLI::App& app, std::string& id, const char* what) {
  return read_as_id(*app.add_option("ID", id, what)->required()->option_text(" ")->check(given));
}

void text_options(CLI::App& app, Message& message) {
  app.add_option("--to", message.to, "the phone number, as people write it")->required()->option_text("NUMBER");
  // Into an optional CLI11 reads an empty text as none.
  app.add_option_function<std::string>(
         "--text", [&message](const std::string& text) { message.text = text; },
         "the message; without it, standard input is read")
      ->option_text("TEXT");
  value(app, "--category", message.category, {"C", "reminder, recall, result, group or direct"});
}

void send_options(CLI::App& app, Message& message) {
  value(app, "--patient", message.patient, {"P", "your own reference of the patient"});
  value(app, "--patient-name", message.patient_name, {"N", "shown in lists; never sent"});
  app.add_flag("--urgent", message.urgent, "before everything else that waits");
  value(app, "--client-ref", message.client_ref,
        {"R", "your key for this message: the same key never sends twice (made at random without it)"});
  value(app, "--appointment-at", message.appointment_at,
        {"T", "what it is about: \"2026-03-01 08:30\"; expires an hour before, unless told otherwise"});
  value(app, "--send-after", message.send_after, {"T", "not before: 14:30, \"tomorrow 08:00\", RFC 3339"});
  value(app, "--expires-at", message.expires_at, {"T", "not after"});
  value(app, "--context", message.context, {"C", "your own reference of what it is about; given back with the record"});
  value(app, "--user", message.user, {"U", "on whose behalf; stays on record"});
  app.add_flag("--wait", message.wait, "stay until it is Sent Successfully or Send Failed");
}

void withdrawal_options(CLI::App& app, Withdrawal& withdrawal) {
  value(app, "--user", withdrawal.user, {"U", "who withdraws it; stays on record"});
  value(app, "--reason", withdrawal.reason, {"TEXT", "why; stays on record"});
}

void item_options(CLI::App& app, Items& items) {
  value(app, "--patient", items.patient, {"P", "of this patient"});
  value(app, "--number", items.number, {"N", "to this phone number"});
  read_as_id(value(app, "--batch", items.batch, {"B", "of this burst"}));
  value(app, "--status", items.status, {"S", "pending, sent or failed"});
  value(app, "--state", items.state, {"S", "as the gateway knows it: queued, submitted, delivered, uncertain, …"});
  value(app, "--category", items.category, {"C", "reminder, recall, result, group or direct"});
  value(app, "--client-ref", items.client_ref, {"R", "sent under this key"});
  value(app, "--from", items.from, {"T", "accepted at or after: today, 2026-03-01, \"2026-03-01 08:00\", RFC 3339"});
  value(app, "--to", items.to, {"T", "accepted before; a day alone is meant whole"});
  app.add_option("--limit", items.limit, "how many, the newest first (50)")
      ->option_text("N")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000}));
  app.add_flag("--all", items.all, "all of them");
  CLI::Option* watch = app.add_flag("--watch", items.watch, "then every one that changes, as it changes, until Ctrl-C");
  CLI::Option* calls = app.add_flag("--call-list", items.call_list,
                                    "whom to call: failed and in doubt, not sent again, the soonest appointment first");
  for (CLI::Option* other : {watch, app.get_option("--status"), app.get_option("--state")}) calls->excludes(other);
  app.add_flag("--open", items.open, "of the call list only what nobody has left a note on")->needs(calls);
}

std::vector<CLI::Option*> column_options(CLI::App& app, Columns& columns) {
  return {&value(app, "--number-column", columns.number, {"COLUMN", "the column with the phone numbers"}),
          &value(app, "--patient-column", columns.patient, {"COLUMN", "the column with your references"}),
          &value(app, "--name-column", columns.name, {"COLUMN", "the column with the patients' names"})};
}

void draft_options(CLI::App& app, Draft& draft) {
  CLI::Option* from_template = app.add_option("--template", draft.template_name, "the text, by the name of a template");
  from_template->option_text("NAME");
  app.add_option("--text", draft.text, "the text itself, with placeholders")
      ->option_text("TEXT")
      ->excludes(from_template);
  value(app, "--name", draft.name, {"N", "what this burst is called in lists"});
  value(app, "--category", draft.category, {"C", "reminder, recall, result, group or direct"});
  value(app, "--group", draft.group, {"NAME", "to the members of this group, in place of a FILE"});
  CLI::Option& report =
      value(app, "--report", draft.report, {"MAPPING", "a YAML file that says what the columns of FILE are"});
  for (CLI::Option* column : column_options(app, draft.columns)) report.excludes(column);
  value(app, "--client-ref", draft.client_ref, {"R", "your key for this burst (made at random without it)"});
  value(app, "--user", draft.user, {"U", "on whose behalf; stays on record"});
  value(app, "--send-after", draft.send_after, {"T", "not before: 14:30, \"tomorrow 08:00\", RFC 3339"});
  value(app, "--expires-at", draft.expires_at, {"T", "not after"});
}

}  // namespace burstd::ctl

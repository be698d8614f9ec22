#include "ctl/line/patient_line.hpp"

#include <CLI/CLI.hpp>

#include "ctl/line/command_options.hpp"

namespace burstd::ctl {

namespace {

constexpr const char* patients = "What patients say";

constexpr const char* the_reply = "the reply, as burstctl inbox shows it";

// CLI11 calls back for the outer command last, whichever of them was typed.
Exit run_inbox(const Session& session, const InboxWish& wish) {
  if (wish.id.empty()) return list_inbox(session, wish);
  return wish.user.empty() ? show_reply(session, wish.id) : acknowledge_reply(session, wish);
}

void inbox_commands(CLI::App& parent, InboxWish& wish, const Finish& finish) {
  const auto run = [&wish](const Session& session) { return run_inbox(session, wish); };
  CLI::App& inbox = *parent.add_subcommand("inbox", "what patients have written back, the newest last; show, ack");
  inbox.group(patients);
  inbox.require_subcommand(0, 1);
  inbox.add_flag("--unacknowledged", wish.unacknowledged, "only what nobody has seen");
  inbox.add_option("--limit", wish.limit, "how many, of the newest (50)")
      ->option_text("N")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000}));
  inbox.footer(
      "Examples:\n"
      "  burstctl inbox --unacknowledged\n"
      "  burstctl inbox show ZFFZRX-R7\n"
      "  burstctl inbox ack ZFFZRX-R7 --user anna\n"
      "ANSWER: confirm, decline, stop, start, or other for what a person must read. \"late\": after the time in which\n"
      "an answer was awaited. A \"?\" after PATIENT: the number belongs to several, or several appointments are open.\n"
      "With --json every page of up to 500 is printed on a line of its own.");
  CLI::App& ack = *inbox.add_subcommand("ack", "say that a reply was seen, and by whom; the first to say so stays");
  id_of(ack, wish.id, the_reply);
  required(ack, "--user", wish.user, {"U", "who has seen it; stays on record"});
  finish(ack, run);
  CLI::App& show = *inbox.add_subcommand("show", "one reply in full, and to which messages it may be the answer");
  id_of(show, wish.id, the_reply);
  finish(show, run);
  finish(inbox, run);
}

void number_and_who(CLI::App& app, OptOutWish& wish) {
  app.add_option("NUMBER", wish.number, "the phone number, as people write it")
      ->required()
      ->option_text(" ")
      ->check(given);
  required(app, "--user", wish.user, {"U", "who says so; stays on record"});
  required(app, "--reason", wish.reason, {"TEXT", "why; stays on record"});
}

void opt_out_commands(CLI::App& parent, OptOutWish& wish, const Finish& finish) {
  CLI::App& family = *parent.add_subcommand("opt-out", "numbers that are not written to: list, show, add, lift");
  family.group(patients);
  family.require_subcommand(1);
  family.set_help_flag("-h,--help", "this page");
  finish(*family.add_subcommand("list", "all of them, the newest first"), list_opt_outs);
  CLI::App& show = *family.add_subcommand("show", "one number, and all that was ever said about it");
  show.add_option("NUMBER", wish.number, "the phone number, as people write it")
      ->required()
      ->option_text(" ")
      ->check(given);
  finish(show, [&wish](const Session& session) { return show_opt_out(session, wish); });
  CLI::App& add = *family.add_subcommand("add", "block a number; what waits for it is withdrawn");
  number_and_who(add, wish);
  add.footer(
      "Example:\n  burstctl opt-out add \"079 123 45 67\" --user anna --reason \"wants letters, by phone\"\n"
      "START by SMS does not lift it; burstctl opt-out lift does.");
  finish(add, [&wish](const Session& session) { return add_opt_out(session, wish); });
  CLI::App& lift = *family.add_subcommand("lift", "write to a number again");
  number_and_who(lift, wish);
  lift.footer("What a patient has said by STOP is lifted by the patient's START, or by the role admin.");
  finish(lift, [&wish](const Session& session) { return lift_opt_out(session, wish); });
}

}  // namespace

void add_patient_commands(CLI::App& parent, PatientWishes& wishes, const Finish& finish) {
  inbox_commands(parent, wishes.inbox, finish);
  opt_out_commands(parent, wishes.opt_out, finish);
}

}  // namespace burstd::ctl

#include "ctl/line/message_line.hpp"

#include <CLI/CLI.hpp>

#include "ctl/line/command_options.hpp"
#include "ctl/line/watch_line.hpp"

namespace burstd::ctl {

namespace {

struct Headline {
  const char *name, *description, *footer;
};

CLI::App& message_command(CLI::App& parent, const Headline& words) {
  CLI::App& app = *parent.add_subcommand(words.name, words.description);
  app.footer(words.footer);
  app.group("Messages");
  return app;
}

constexpr const char* the_message = "the message, as burstctl items shows it";

void check_command(CLI::App& parent, MessageWishes& wishes, const Finish& finish) {
  CLI::App& check = message_command(
      parent, {"check", "would it be sent, and as how many SMS? Sends nothing. With --nagios: is the gateway well?",
               "Example:\n  burstctl check --to \"079 123 45 67\" --text \"See you tomorrow at 9\"\n"
               "  burstctl check --nagios --due 15,60 --disk 10,3\n"
               "Exit status 1 when it could not be sent."});
  text_options(check, wishes.message);
  nagios_options(check, wishes.nagios);
  finish(check, [&wishes](const Session& session) {
    return wishes.nagios.wanted ? check_health(session, wishes.nagios) : check_message(session, wishes.message);
  });
}

void send_command(CLI::App& parent, Message& message, const Finish& finish) {
  CLI::App& send = message_command(
      parent, {"send", "send one message",
               "Examples:\n  burstctl send --to \"079 123 45 67\" --text \"See you tomorrow at 9\" --wait\n"
               "  burstctl send --to +41791234567 --patient 4711 --category result < letter.txt\n"
               "Exit status 1 when it was refused or, with --wait, ended in Send Failed.\n"
               "With --wait --json only the final clinical item is printed."});
  text_options(send, message);
  send_options(send, message);
  finish(send, [&message](const Session& session) { return send_message(session, message); });
}

void cancel_command(CLI::App& parent, Withdrawal& withdrawal, const Finish& finish) {
  CLI::App& cancel = message_command(parent, {"cancel", "withdraw a message of which nothing has left yet",
                                              "What the network has taken cannot be called back."});
  id_of(cancel, withdrawal.id, the_message);
  withdrawal_options(cancel, withdrawal);
  finish(cancel, [&withdrawal](const Session& session) { return cancel_message(session, withdrawal); });
}

void resend_command(CLI::App& parent, Resending& resending, const Finish& finish) {
  CLI::App& resend = message_command(
      parent, {"resend", "send a message again that was not reached, as a new one that names the old",
               "Example:\n  burstctl resend ZFFZRX-10 --user anna --wait\n"
               "Only what has failed is sent again, once, and not after its appointment. The old one stays on record.\n"
               "Exit status 1 when it was refused or, with --wait, ended in Send Failed."});
  id_of(resend, resending.id, the_message);
  required(resend, "--user", resending.user, {"NAME", "who has it sent again; stays on record"});
  value(resend, "--client-ref", resending.client_ref,
        {"R", "your key for the new message: the same key never sends twice (made at random without it)"});
  resend.add_flag("--accept-duplicate", resending.accept_duplicate,
                  "also when it may have arrived and the patient gets it twice");
  resend.add_flag("--wait", resending.wait, "stay until it is Sent Successfully or Send Failed");
  finish(resend, [&resending](const Session& session) { return resend_message(session, resending); });
}

void resolve_command(CLI::App& parent, Word& word, const Finish& finish) {
  CLI::App& resolve = message_command(
      parent,
      {"resolve", "say what became of a message of which nobody knows whether it left",
       "Example:\n  burstctl resolve ZFFZRX-10 --sent --user anna --reason \"phoned; the patient has read it\"\n"
       "Nothing is sent because of it. The history keeps who said so and why; a delivery report that comes\n"
       "later counts more."});
  id_of(resolve, word.id, the_message);
  CLI::Option* sent =
      resolve.add_flag("--sent", word.sent, "it left, or the patient has it; one of the two must be said");
  resolve.add_flag("--not-sent", word.not_sent, "it did not leave")->excludes(sent);
  required(resolve, "--user", word.user, {"NAME", "who says so"});
  required(resolve, "--reason", word.reason, {"TEXT", "how it is known"});
  finish(resolve, [&word](const Session& session) { return resolve_message(session, word); });
}

void note_command(CLI::App& parent, Remark& remark, const Finish& finish) {
  CLI::App& note =
      message_command(parent, {"note", "leave a note on a message, such as that you have phoned",
                               "Example:\n  burstctl note ZFFZRX-10 --user anna --text \"phoned; comes on Friday\"\n"
                               "A note is permanent. It stands in the call list, so that nobody phones twice."});
  id_of(note, remark.id, the_message);
  required(note, "--user", remark.user, {"NAME", "who leaves it"});
  note.add_option_function<std::string>(
          "--text", [&remark](const std::string& text) { remark.text = text; },
          "the note; without it, standard input is read")
      ->option_text("TEXT")
      ->check(given);
  finish(note, [&remark](const Session& session) { return note_message(session, remark); });
}

void looking_commands(CLI::App& parent, MessageWishes& wishes, const Finish& finish) {
  CLI::App& items = message_command(parent, {"items", "what was sent to whom and what became of it, the newest first",
                                             "Examples:\n  burstctl items --status failed --from today\n"
                                             "  burstctl items --call-list --open\n"
                                             "  burstctl items --patient 4711 --all\n"
                                             "  burstctl items --status failed --watch\n"
                                             "With --json every page of up to 500 is printed on a line of its own."});
  item_options(items, wishes.items);
  finish(items, [&wishes](const Session& session) { return list_items(session, wishes.items); });
  CLI::App& show = message_command(
      parent, {"show", "everything about one message: parts, attempts, delivery reports, history, notes", ""});
  id_of(show, wishes.shown, the_message);
  finish(show, [&wishes](const Session& session) { return show_item(session, wishes.shown); });
}

}  // namespace

void add_message_commands(CLI::App& parent, MessageWishes& wishes, const Finish& finish) {
  check_command(parent, wishes, finish);
  send_command(parent, wishes.message, finish);
  cancel_command(parent, wishes.withdrawal, finish);
  resend_command(parent, wishes.resending, finish);
  resolve_command(parent, wishes.word, finish);
  note_command(parent, wishes.remark, finish);
  looking_commands(parent, wishes, finish);
}

}  // namespace burstd::ctl

#include "ctl/burst_commands.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <filesystem>
#include <istream>
#include <limits>
#include <ostream>

#include "ctl/burst_view.hpp"
#include "ctl/burst_watch.hpp"
#include "ctl/call_list.hpp"
#include "ctl/look.hpp"
#include "ctl/pages.hpp"
#include "ctl/selection.hpp"
#include "ctl/width.hpp"

namespace burstd::ctl {

namespace {

std::string path_of(const std::string& id) { return "/v1/batches/" + encoded(id); }

struct Drafted {
  Reply reply;
  std::vector<std::size_t> lines;
};

Or<Drafted> draft_burst(const Session& session, const Draft& draft) {
  const auto preview = read_draft(draft, session.term);
  if (!preview) {
    const std::string& code = preview.error().code;
    const bool misused = code == "text-missing" || code == "time-invalid" || code == "template-invalid";
    return complain(session, printable_lines(preview.error().sentence), misused ? Exit::usage : Exit::refused);
  }
  auto reply = ask(session, {"POST", "/v1/batches", json::serialize(preview->body)}, preview->lines);
  if (!reply && reply.error() == Exit::unreachable) session.term.err << "It was only a preview; nothing was sent.\n";
  if (!reply) return reply.error();
  return Drafted{std::move(*reply), preview->lines};
}

Or<json::array> rows_of(const Session& session, const std::string& id) {
  auto pages = fetch_pages(session, path_of(id) + "/rows", {}, std::numeric_limits<std::size_t>::max());
  if (!pages) return pages.error();
  return std::move(pages->items);
}

// {} for the default selection; nothing chosen that cannot be read.
base::Result<json::object> selection_of(const Launch& launch) {
  json::object body;
  for (const auto& [member, typed] : {std::pair{"select", launch.select}, std::pair{"deselect", launch.deselect}}) {
    if (typed.empty()) continue;
    const auto rows = read_rows(typed);
    if (!rows) return base::malformed(rows.error().code, fmt::format("--{}: {}", member, rows.error().sentence));
    json::array list(rows->begin(), rows->end());
    body.emplace(member, std::move(list));
  }
  return body;
}

bool is_file(const std::string& typed) {
  std::error_code failure;
  const std::filesystem::path path(typed);
  return typed == "-" || path.has_extension() || typed.find('/') != std::string::npos ||
         std::filesystem::exists(path, failure);
}

// Why it is not clear whom it goes to; empty when it is.
std::string misdirected(const Draft& draft) {
  if (draft.file.empty() && draft.group.empty())
    return "whom does it go to? Name a FILE of recipients, or --group NAME.";
  if (draft.group.empty()) return {};
  if (!draft.file.empty()) return "either a FILE of recipients or --group NAME, not both.";
  return draft.report.empty() ? std::string() : "--report says what the columns of a FILE are; a group has none.";
}

// All of them, or of many the first and those to look at.
void print_few_rows(const Session& session, const json::array& rows, const std::vector<std::size_t>& lines, bool all) {
  constexpr std::size_t most = 50, first = 10;
  const json::array shown = all || rows.size() <= most ? rows : worth_a_look(rows, first);
  print_rows(session, shown, lines);
  const std::size_t more = rows.size() - shown.size();
  if (more > 0) session.term.out << "And " << more << " more rows, all of them ok. Every row is shown with --all.\n";
}

bool answered_yes(const Session& session) {
  session.term.out << "\nSend now? [y/N] " << std::flush;
  std::string line;
  std::getline(session.term.in, line);
  return line == "y" || line == "Y" || line == "yes" || line == "Yes";
}

void print_refused(const Session& session, const json::array& refused) {
  if (refused.empty()) return;
  session.term.out << refused.size() << " refused:\n";
  for (const json::value& entry : refused) {
    const json::object& row = object(entry);
    session.term.out << printable(
                            fmt::format("  row {}: {} {}", text(row, "row"), text(row, "verdict"), text(row, "id")))
                     << '\n';
  }
}

// Whether it has left is not known here, but a repeat of the same is answered with what was done.
Exit lost(const Session& session, const std::string& id, const Launch& launch, Exit exit) {
  if (exit != Exit::unreachable) return exit;
  std::string command = "burstctl burst send " + printable(id);
  if (!launch.select.empty()) command += " --select \"" + launch.select + "\"";
  if (!launch.deselect.empty()) command += " --deselect \"" + launch.deselect + "\"";
  session.term.err << "Burst " << printable(id)
                   << " may have been sent or not. Repeat this to send it or to learn what "
                   << "was accepted; it is never sent twice:\n  " << command << '\n';
  return exit;
}

// The answer to a repeat names what was accepted; withdrawn since, none of that goes any more.
Exit withdrawn(const Session& session, const std::string& id, const Reply& reply) {
  if (session.json) print_raw(session, reply.answer);
  return complain(session, "burst " + printable(id) +
                               " was sent and then cancelled: what had not left was withdrawn, and nothing is sent "
                               "again. What became of it: burstctl burst show " +
                               printable(id));
}

Exit launch_burst(const Session& session, const std::string& id, const Launch& launch, const json::object& selection) {
  const auto reply = ask(session, {"POST", path_of(id) + "/send", json::serialize(selection)});
  if (!reply) return lost(session, id, launch, reply.error());
  if (text(reply->object(), "state") == "cancelled") return withdrawn(session, id, *reply);
  const json::array& accepted = list(reply->object(), "accepted");
  const Exit exit = accepted.empty() ? Exit::refused : Exit::done;
  if (session.json && !(launch.watch && exit == Exit::done)) print_raw(session, reply->answer);
  if (!session.json) {
    session.term.out << fmt::format("Burst {}: {} accepted.\n", printable(id), accepted.size());
    print_refused(session, list(reply->object(), "refused"));
  }
  if (exit != Exit::done) return exit;
  if (launch.watch) return watch_burst(session, id);
  if (!session.json) session.term.out << "Watch it with: burstctl burst show " << printable(id) << " --watch\n";
  return exit;
}

// What a person must have seen before saying yes.
Or<bool> shown_for_consent(const Session& session, const Drafted& drafted, const std::string& id) {
  if (session.json) return true;
  const auto rows = rows_of(session, id);
  if (!rows) return rows.error();
  const json::array to_look_at = doubtful(*rows);
  if (!to_look_at.empty()) {
    session.term.out << session.term.paint("Rows to look at", Style::bold) << '\n';
    print_rows(session, to_look_at, drafted.lines);
    session.term.out << '\n';
  }
  print_summary(session, drafted.reply.object());
  print_expiring(session, *rows);
  print_texts(session, *rows);
  print_reminder(session);
  return true;
}

// Why there is no point in asking; empty when there is.
std::string hopeless(const json::object& batch, const json::object& selection) {
  const auto selected = number(batch, "rows_selected");
  if (selected && *selected == 0 && !selection.contains("select")) return "no row can be sent. Nothing was sent.";
  if (text(batch, "light") != "red" || !selection.empty()) return {};
  return "the light is red: not enough SMS are left for this burst. Nothing was sent. Send fewer rows (--select, "
         "--deselect) or later (--send-after).";
}

Exit send_file(const Session& session, const Launch& launch, const json::object& selection) {
  const auto drafted = draft_burst(session, launch.draft);
  if (!drafted) return drafted.error();
  const json::object& batch = drafted->reply.object();
  const std::string id = text(batch, "id");
  const auto shown = shown_for_consent(session, *drafted, id);
  if (!shown) return shown.error();
  if (text(batch, "state") != "preview")
    return launch_burst(session, id, launch, selection);  // sent before: told again
  if (const auto why = hopeless(batch, selection); !why.empty()) {
    if (session.json) print_raw(session, drafted->reply.answer);
    return complain(session, why);
  }
  if (!launch.yes && !answered_yes(session)) {
    session.term.out << "Nothing was sent. The preview stays for a while: burstctl burst send " << printable(id)
                     << '\n';
    return Exit::refused;
  }
  return launch_burst(session, id, launch, selection);
}

// A cancelled preview has no messages.
bool was_sent(const json::object& batch) {
  const std::string state = text(batch, "state");
  return state != "preview" && state != "expired" && progress_of(batch).total > 0;
}

}  // namespace

Exit preview_burst(const Session& session, const Launch& launch) {
  if (const auto why = misdirected(launch.draft); !why.empty()) return complain(session, why, Exit::usage);
  const auto drafted = draft_burst(session, launch.draft);
  if (!drafted) return drafted.error();
  if (session.json) {
    print_raw(session, drafted->reply.answer);
    return Exit::done;
  }
  const json::object& batch = drafted->reply.object();
  const std::string id = text(batch, "id");
  const auto rows = rows_of(session, id);
  if (!rows) return rows.error();
  print_few_rows(session, *rows, drafted->lines, launch.all);
  print_texts(session, *rows);
  print_reminder(session);
  session.term.out << '\n';
  print_summary(session, batch);
  print_expiring(session, *rows);
  const std::string command = "burstctl burst send " + printable(id);
  session.term.out << "\nNothing was sent. To send:        " << session.term.paint(command, Style::bold)
                   << "\nWithout some rows:                " << command << " --deselect 3,7-9\n";
  return Exit::done;
}

Exit send_burst(const Session& session, const Launch& launch) {
  const auto selection = selection_of(launch);
  if (!selection) return complain(session, selection.error().sentence, Exit::usage);
  if (const auto why = misdirected(launch.draft); !why.empty()) return complain(session, why, Exit::usage);
  if (launch.draft.group.empty() && !is_file(launch.draft.file)) {
    if (!launch.draft.text && launch.draft.report.empty() && launch.draft.template_name.empty()) {
      return launch_burst(session, launch.draft.file, launch, *selection);
    }
    return complain(session,
                    "there is no file " + launch.draft.file +
                        "; a preview's ID goes without --text, --template "
                        "and --report: its texts are those that were previewed.",
                    Exit::usage);
  }
  const bool can_ask = session.term.asks && !session.json && launch.draft.file != "-";
  if (!launch.yes && !can_ask) {
    return complain(session,
                    "nobody can be asked here. Say --yes to send without a question, or look first: "
                    "burstctl burst preview",
                    Exit::usage);
  }
  return send_file(session, launch, *selection);
}

Exit show_burst(const Session& session, const Showing& showing) {
  const auto reply = ask(session, {"GET", path_of(showing.id), {}});
  if (!reply) return reply.error();
  if (session.json && !showing.watch) print_raw(session, reply->answer);
  if (!session.json) print_summary(session, reply->object());
  if (showing.rows) {
    const auto rows = rows_of(session, showing.id);
    if (!rows) return rows.error();
    if (!session.json) session.term.out << '\n';
    if (!session.json) print_rows(session, *rows, {});
  }
  if (showing.watch) return watch_burst(session, showing.id);
  if (session.json || !was_sent(reply->object())) return Exit::done;
  const auto slip = print_slip(session, reply->object());
  if (!slip) return slip.error();
  session.term.out << "Its messages: burstctl items --batch " << printable(showing.id) << '\n';
  return Exit::done;
}

Exit cancel_burst(const Session& session, const Withdrawal& withdrawal) {
  const std::string& id = withdrawal.id;
  json::object body;
  put(body, "user", withdrawal.user);
  put(body, "reason", withdrawal.reason);
  const auto reply = ask(session, {"POST", path_of(id) + "/cancel", json::serialize(body)});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
    return Exit::done;
  }
  session.term.out << "Cancelled: every message of burst " << printable(id) << " of which nothing had left.\n";
  const std::string counts = counts_in_words(session, reply->object());
  if (!counts.empty()) session.term.out << counts << '\n';
  return Exit::done;
}

}  // namespace burstd::ctl

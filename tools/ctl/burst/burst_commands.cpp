#include "ctl/burst/burst_commands.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <filesystem>
#include <istream>
#include <ostream>

#include "burst/verdict.hpp"
#include "ctl/burst/burst_show.hpp"
#include "ctl/burst/burst_view.hpp"
#include "ctl/burst/burst_watch.hpp"
#include "ctl/burst/selection.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/obstacle.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

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

bool answered_yes(const Session& session, const RowFigures& figures) {
  const bool nothing_leaves = figures.sendable == 0;
  session.term.out << (nothing_leaves ? "\nNone of them can be sent. Record them as Send Failed now? [y/N] "
                                      : "\nSend now? [y/N] ")
                   << std::flush;
  std::string line;
  std::getline(session.term.in, line);
  return line == "y" || line == "Y" || line == "yes" || line == "Yes";
}

// "Phone number is not valid (ZFFZRX-12)"
std::string refusal_in_words(const json::object& row) {
  const std::string verdict = text(row, "verdict"), id = text(row, "id");
  const auto known = burst::verdict_from(verdict);
  const std::string said = known ? std::string(burst::sentence(*known)) : verdict;
  return id.empty() ? said : fmt::format("{} ({})", said, id);
}

void print_refused(const Session& session, const json::array& refused) {
  if (refused.empty()) return;
  session.term.out << refused.size() << " not sent:\n";
  for (const json::value& entry : refused) {
    const json::object& row = object(entry);
    session.term.out << printable(fmt::format("  row {}: {}", text(row, "row"), refusal_in_words(row))) << '\n';
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
  const auto reply = ask(session, {"POST", path_of_burst(id) + "/send", json::serialize(selection)});
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
  print_obstacle(session);
  if (!session.json) session.term.out << "Watch it with: burstctl burst show " << printable(id) << " --watch\n";
  return exit;
}

// What a person must have seen before saying yes, and what of it would be sent.
Or<RowFigures> shown_for_consent(const Session& session, const Drafted& drafted, const json::object& selection) {
  const json::object& batch = drafted.reply.object();
  const auto rows = rows_of_burst(session, text(batch, "id"));
  if (!rows) return rows.error();
  const json::array to_look_at = doubtful(*rows);
  if (!to_look_at.empty()) {
    session.term.out << session.term.paint("Rows to look at", Style::bold) << '\n';
    print_rows(session, to_look_at, drafted.lines);
    session.term.out << '\n';
  }
  const RowFigures figures = figures_of(*rows, selection);
  print_summary(session, selection.empty() ? batch : as_chosen(batch, figures), figures);
  print_texts(session, *rows, selection);
  print_reminder(session);
  print_obstacle(session);
  return figures;
}

constexpr const char* red_light =
    "the light is red: not enough SMS are left for this burst. Nothing was sent. Send fewer rows (--select, "
    "--deselect) or later (--send-after).";

// Why there is no point in asking; empty when there is.
std::string hopeless(const json::object& batch, const json::object& selection, const RowFigures& figures) {
  const bool nothing = figures.sendable + figures.failing == 0 && figures.total > 0;
  const bool none = number(batch, "rows_selected") == 0 && !selection.contains("select");
  if (nothing || none) return "no row can be sent. Nothing was sent.";
  return text(batch, "light") == "red" && selection.empty() ? red_light : "";
}

Exit send_file(const Session& session, const Launch& launch, const json::object& selection) {
  const auto drafted = draft_burst(session, launch.draft);
  if (!drafted) return drafted.error();
  const json::object& batch = drafted->reply.object();
  const std::string id = text(batch, "id");
  const auto shown = session.json ? Or<RowFigures>(RowFigures{}) : shown_for_consent(session, *drafted, selection);
  if (!shown) return shown.error();
  if (text(batch, "state") != "preview")
    return launch_burst(session, id, launch, selection);  // sent before: told again
  if (const auto why = hopeless(batch, selection, *shown); !why.empty()) {
    if (session.json) print_raw(session, drafted->reply.answer);
    return complain(session, why);
  }
  if (!launch.yes && !answered_yes(session, *shown)) {
    session.term.out << "Nothing was sent. The preview stays for a while: burstctl burst send " << printable(id)
                     << '\n';
    return Exit::refused;
  }
  return launch_burst(session, id, launch, selection);
}

// What to do about a preview, the last words on the screen.
void print_next_step(const Session& session, const json::object& batch, const RowFigures& figures) {
  const std::string command = "burstctl burst send " + printable(text(batch, "id"));
  std::ostream& out = session.term.out << "\nNothing was sent";
  if (figures.sendable + figures.failing == 0) {
    out << ", and there is nothing in it to send.\n";
  } else if (figures.sendable == 0) {
    out << ", and nothing of it can be sent. Correct the rows and preview them again.\n"
        << "To have them on record as Send Failed: " << command << '\n';
  } else if (text(batch, "light") == "red") {
    out << ". The light is red: not enough SMS are left for all of it. Preview it again for later\n"
        << "(--send-after), or send only some rows: " << command << " --select 1-20\n";
  } else {
    out << ". To send:        " << session.term.paint(command, Style::bold)
        << "\nWithout some rows:                " << command << " --deselect 3,7-9\n";
  }
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
  const auto rows = rows_of_burst(session, text(batch, "id"));
  if (!rows) return rows.error();
  const RowFigures figures = figures_of(*rows, {});
  print_few_rows(session, *rows, drafted->lines, launch.all);
  print_texts(session, *rows, {});
  print_reminder(session);
  session.term.out << '\n';
  print_summary(session, batch, figures);
  print_obstacle(session);
  print_next_step(session, batch, figures);
  return Exit::done;
}

Exit send_burst(const Session& session, const Launch& launch) {
  const auto selection = selection_of(launch);
  if (!selection) return complain(session, selection.error().sentence, Exit::usage);
  if (const auto why = misdirected(launch.draft); !why.empty()) return complain(session, why, Exit::usage);
  if (launch.draft.group.empty() && !is_file(launch.draft.file)) {
    if (!launch.draft.text && launch.draft.report.empty() && launch.draft.template_name.empty()) {
      return launch_burst(session, as_id(launch.draft.file), launch, *selection);
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

}  // namespace burstd::ctl

#include "ctl/desk/inbox_commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <ostream>
#include <set>

#include "ctl/wire/pages.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/table.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

// "Anna Muster (4711) or Ben Muster (4712)"
std::string whose(const json::object& reply) {
  std::string names;
  std::set<std::string> told;
  for (const json::value& entry : list(reply, "matches")) {
    const std::string name = patient_of(object(entry));
    if (name.empty() || !told.insert(name).second) continue;
    names += (names.empty() ? "" : " or ") + name;
  }
  return names;
}

Style style_of_class(const std::string& said) {
  if (said == "confirm") return Style::green;
  if (said == "stop") return Style::red;
  return said == "decline" || said == "start" ? Style::yellow : Style::plain;
}

Cell said_in_words(const json::object& reply) {
  const std::string said = text(reply, "class");
  const bool late = !list(reply, "matches").empty() && !truth(reply, "in_window");
  return Cell(said + (late ? ", late" : ""), style_of_class(said));
}

std::string text_in_words(const json::object& reply) {
  if (!text(reply, "text_removed_at").empty()) return "(text removed)";
  return (truth(reply, "complete") ? "" : "(incomplete) ") + text(reply, "text");
}

void print_replies(const Session& session, const std::vector<json::object>& replies) {
  Table table({{"TIME"},
               {"FROM"},
               {"PATIENT", Side::left, 3, 12},
               {"ANSWER"},
               {"TEXT", Side::left, 4, 16},
               {"SEEN BY", Side::left, 2, 8},
               {"ID"}});
  bool ambiguous = false;
  for (const json::object& reply : replies) {
    const bool several = truth(reply, "ambiguous");
    ambiguous = ambiguous || several;
    table.add({for_people(text(reply, "received_at"), session.term.now()), text(reply, "from"),
               Cell(whose(reply) + (several ? " ?" : ""), several ? Style::yellow : Style::plain), said_in_words(reply),
               text_in_words(reply), text(reply, "acknowledged_by"), text(reply, "id")});
  }
  const std::string shown = table.render(session.term.look);
  session.term.out << shown;
  const bool whole = std::ranges::all_of(replies, [&](const json::object& reply) {
    return shown.find(printable(text_in_words(reply))) != std::string::npos;
  });
  if (!whole) session.term.out << "A text that ends in … is cut here. To read it whole: burstctl inbox show ID\n";
  if (ambiguous) session.term.out << "?: several patients or appointments may be meant; ask the patient which.\n";
}

void print_none(const Session& session, const InboxWish& wish) {
  session.term.out << (wish.unacknowledged ? "Every reply has been seen.\n" : "No reply has come yet.\n");
}

// The newest comes first; people read downwards to it.
std::vector<json::object> by_time(const json::array& items) {
  std::vector<json::object> replies;
  for (const json::value& entry : items) replies.push_back(object(entry));
  std::ranges::reverse(replies);
  return replies;
}

void print_line(const Session& session, std::string_view label, const std::string& value) {
  if (!value.empty()) session.term.out << fmt::format("{:<13}", label) << printable(value) << '\n';
}

// "Anna Muster (4711), message ZFFZRX-10", one to a line.
void print_answered(const Session& session, const json::object& reply) {
  const json::array& matches = list(reply, "matches");
  const bool ambiguous = truth(reply, "ambiguous");
  if (matches.empty()) session.term.out << "It answers no message that is known.\n";
  for (const json::value& entry : matches) {
    const json::object& match = object(entry);
    const std::string patient = patient_of(match), message = "message " + text(match, "message");
    print_line(session, ambiguous ? "May answer" : "Answers", patient.empty() ? message : patient + ", " + message);
  }
  if (ambiguous) session.term.out << "Several patients or appointments may be meant; ask the patient which.\n";
}

std::string seen_in_words(const json::object& reply, base::Time now) {
  const std::string by = text(reply, "acknowledged_by");
  return by.empty() ? "nobody yet" : by + ", " + for_people(text(reply, "acknowledged_at"), now);
}

}  // namespace

Exit show_reply(const Session& session, const std::string& id) {
  const auto found = ask(session, {"GET", "/v1/inbox/" + encoded(id), {}});
  if (!found) return found.error();
  if (session.json) {
    print_raw(session, found->answer);
    return Exit::done;
  }
  const json::object& reply = found->object();
  const base::Time now = session.term.now();
  print_line(session, "Reply", text(reply, "id"));
  print_line(session, "From", text(reply, "from"));
  print_line(session, "Received", for_people(text(reply, "received_at"), now));
  print_line(session, "Over", text(reply, "modem"));
  print_line(session, "Answer", said_in_words(reply).text);
  print_line(session, "Seen by", seen_in_words(reply, now));
  print_answered(session, reply);
  const bool removed = !text(reply, "text_removed_at").empty();
  session.term.out << '\n' << printable_lines(removed ? text_in_words(reply) : text(reply, "text")) << '\n';
  if (!truth(reply, "complete")) session.term.out << "A part of it has not come yet.\n";
  return Exit::done;
}

Exit list_inbox(const Session& session, const InboxWish& wish) {
  const Query query{{"unacknowledged", wish.unacknowledged ? "true" : ""}};
  const auto pages = fetch_pages(session, "/v1/inbox", query, wish.limit);
  if (!pages) return pages.error();
  if (session.json) return Exit::done;
  if (pages->items.empty()) {
    print_none(session, wish);
    return Exit::done;
  }
  print_replies(session, by_time(pages->items));
  if (pages->more) session.term.out << "The newest " << pages->items.size() << "; more with --limit N.\n";
  return Exit::done;
}

Exit acknowledge_reply(const Session& session, const InboxWish& wish) {
  const json::object body{{"user", wish.user}};
  const auto reply = ask(session, {"POST", "/v1/inbox/" + encoded(wish.id) + "/ack", json::serialize(body)});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
    return Exit::done;
  }
  const std::string by = text(reply->object(), "acknowledged_by");
  const std::string when = for_people(text(reply->object(), "acknowledged_at"), session.term.now());
  session.term.out << (by == wish.user ? "Seen by " : "Seen before, by ") << printable(by + ", " + when) << ".\n";
  return Exit::done;
}

}  // namespace burstd::ctl

#include "ctl/desk/opt_out_commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <limits>
#include <ostream>
#include <vector>

#include "ctl/wire/pages.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/table.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

std::string path_of_number(const std::string& number) { return "/v1/opt-outs/" + encoded(number); }

// "patient, reply A-R7" or "anna of reception".
std::string whose_word(const json::object& row) {
  const std::string user = text(row, "user"), client = text(row, "client");
  if (text(row, "by") == "patient") return "patient, reply " + text(row, "reply");
  return client.empty() ? user : user + " of " + client;
}

std::string event_words(const json::object& row) {
  const std::string event = text(row, "event");
  if (event == "stop") return "STOP by SMS";
  if (event == "start") return "START by SMS";
  return event == "added" ? "blocked by the clinic" : event;
}

void join(std::string& to, const std::string& more) {
  if (more.empty()) return;
  to += (to.empty() ? "" : "; ") + more;
}

// A number that patient and clinic have blocked is one line: since the first of them, by both.
void print_numbers(const Session& session, const json::array& rows) {
  struct Line {
    std::string number, since, by, reason;
  };
  std::vector<Line> lines;
  for (const json::value& entry : rows) {
    const json::object& row = object(entry);
    const std::string number = text(row, "number");
    const auto found = std::ranges::find(lines, number, &Line::number);
    Line& line = found == lines.end() ? lines.emplace_back(Line{number, {}, {}, {}}) : *found;
    line.since = text(row, "since");  // the newest comes first
    join(line.by, whose_word(row));
    join(line.reason, text(row, "reason"));
  }
  Table table({{"NUMBER"}, {"SINCE"}, {"BY", Side::left, 2, 12}, {"REASON", Side::left, 3, 10}});
  for (const Line& line : lines)
    table.add({line.number, for_people(line.since, session.term.now()), line.by, line.reason});
  session.term.out << table.render(session.term.look);
}

void print_history(const Session& session, const json::array& rows) {
  Table table({{"WHAT"}, {"SINCE"}, {"BY", Side::left, 2, 12}, {"REASON", Side::left, 3, 10}});
  for (const json::value& entry : rows) {
    const json::object& row = object(entry);
    table.add(
        {event_words(row), for_people(text(row, "since"), session.term.now()), whose_word(row), text(row, "reason")});
  }
  session.term.out << table.render(session.term.look);
}

Or<Reply> tell(const Session& session, const OptOutWish& wish, const char* method) {
  const json::object body{{"user", wish.user}, {"reason", wish.reason}};
  return ask(session, {method, path_of_number(wish.number), json::serialize(body)});
}

}  // namespace

Exit list_opt_outs(const Session& session) {
  const auto pages = fetch_pages(session, "/v1/opt-outs", {}, std::numeric_limits<std::size_t>::max());
  if (!pages) return pages.error();
  if (session.json) return Exit::done;
  if (pages->items.empty()) {
    session.term.out << "No number is blocked.\n";
  } else {
    print_numbers(session, pages->items);
  }
  return Exit::done;
}

Exit show_opt_out(const Session& session, const OptOutWish& wish) {
  const auto reply = ask(session, {"GET", path_of_number(wish.number) + "/history", {}});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
    return Exit::done;
  }
  const json::object& found = reply->object();
  const bool blocked = truth(found, "opted_out");
  session.term.out << printable(text(found, "number")) << " is "
                   << session.term.paint(blocked ? "blocked: nothing is sent to it" : "not blocked",
                                         blocked ? Style::red : Style::green)
                   << ".\n";
  print_history(session, list(found, "items"));
  return Exit::done;
}

Exit add_opt_out(const Session& session, const OptOutWish& wish) {
  const auto reply = tell(session, wish, "PUT");
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
    return Exit::done;
  }
  const json::object& row = reply->object();
  session.term.out << printable(fmt::format("{} is blocked, by {}. What waited for it is withdrawn.",
                                            text(row, "number"), whose_word(row)))
                   << '\n';
  return Exit::done;
}

Exit lift_opt_out(const Session& session, const OptOutWish& wish) {
  const auto reply = tell(session, wish, "DELETE");
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
    return Exit::done;
  }
  session.term.out
      << printable(text(reply->object(), "number"))
      << " may be written to again. What was blocked before is not sent; send it anew if it still holds.\n";
  return Exit::done;
}

}  // namespace burstd::ctl

#include "ctl/care/audit_command.hpp"

#include <fmt/format.h>

#include <ostream>

#include "ctl/wire/pages.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/table.hpp"
#include "ctl/words/when.hpp"

namespace burstd::ctl {

namespace {

// "anna of it (uid 1000)". Nobody asked for what came with a signal, so that it has no uid.
std::string who_did(const json::object& row) {
  const std::string user = text(row, "user"), uid = text(row, "uid");
  return (user.empty() ? "" : user + " of ") + text(row, "client") + (uid.empty() ? "" : " (uid " + uid + ")");
}

std::string deed(const json::object& row) {
  const std::int64_t times = count(row, "times");
  return text(row, "event") + (times > 1 ? fmt::format(", {} times", times) : "");
}

}  // namespace

Exit list_audit(const Session& session, std::size_t most) {
  const auto pages = fetch_pages(session, "/v1/audit", {}, most);
  if (!pages) return pages.error();
  if (session.json) return Exit::done;
  if (pages->items.empty()) {
    session.term.out << "Nobody has done anything that is kept here, and nothing was refused.\n";
    return Exit::done;
  }
  Table table(
      {{"WHEN"}, {"WHAT"}, {"TO", Side::left, 2, 12}, {"BY", Side::left, 2, 12}, {"HOW OR WHY", Side::left, 3, 12}});
  for (const json::value& entry : pages->items) {
    const json::object& row = object(entry);
    table.add({for_people(text(row, "at"), session.term.now()), deed(row), text(row, "subject"), who_did(row),
               text(row, "change")});
  }
  session.term.out << table.render(session.term.look);
  if (pages->more) session.term.out << "The newest " << pages->items.size() << "; more with --limit N.\n";
  return Exit::done;
}

}  // namespace burstd::ctl

#include "ctl/desk/group_commands.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <limits>
#include <ostream>

#include "ctl/burst/burst_file.hpp"
#include "ctl/wire/pages.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/table.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

std::string path_of_group(const std::string& name) { return "/v1/groups/" + encoded(name); }

std::string synced_in_words(const Session& session, const json::object& group) {
  return for_people(text(group, "synced_at"), session.term.now());
}

// Of a recipient what a group keeps.
json::object member_of(const json::object& recipient) {
  json::object member{{"to", text(recipient, "to")}};
  put(member, "patient", text(recipient, "patient"));
  put(member, "patient_name", text(recipient, "patient_name"));
  return member;
}

json::array kept_members(const json::array& recipients) {
  json::array members;
  for (const json::value& entry : recipients) {
    const json::object& recipient = object(entry);
    if (text(recipient, "exclude").empty()) members.push_back(member_of(recipient));
  }
  return members;
}

}  // namespace

Exit list_groups(const Session& session) {
  const auto pages = fetch_pages(session, "/v1/groups", {}, std::numeric_limits<std::size_t>::max());
  if (!pages) return pages.error();
  if (session.json) return Exit::done;
  Table table({{"NAME"},
               {"MEMBERS", Side::right},
               {"AS OF"},
               {"KEPT BY", Side::left, 2, 8},
               {"DESCRIPTION", Side::left, 4, 10}});
  for (const json::value& entry : pages->items) {
    const json::object& group = object(entry);
    table.add({text(group, "name"), text(group, "members_total"), synced_in_words(session, group),
               text(group, "changed_by"), text(group, "description")});
  }
  if (pages->items.empty()) {
    session.term.out << "There are no groups. Make one: burstctl group put NAME FILE\n";
  } else {
    session.term.out << table.render(session.term.look);
  }
  return Exit::done;
}

Exit show_group(const Session& session, const GroupWish& wish) {
  const auto reply = ask(session, {"GET", path_of_group(wish.name), {}});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
    return Exit::done;
  }
  const json::object& group = reply->object();
  Table table({{"PATIENT", Side::left, 1, 10}, {"NUMBER"}});
  for (const json::value& entry : list(group, "members")) {
    table.add({patient_of(object(entry)), text(object(entry), "to")});
  }
  if (!table.empty()) session.term.out << table.render(session.term.look);
  session.term.out << printable(fmt::format("Members: {} as of {}, kept by {}", count(group, "members_total"),
                                            synced_in_words(session, group), text(group, "changed_by")))
                   << '\n';
  const std::string description = text(group, "description");
  if (!description.empty()) session.term.out << printable(description) << '\n';
  return Exit::done;
}

Exit put_group(const Session& session, const GroupWish& wish) {
  const auto synced = read_moment("--synced-at", wish.synced_at, session.term.now());
  if (!synced) return complain(session, synced.error().sentence, Exit::usage);
  Columns columns = wish.columns;
  columns.fields = std::vector<std::string>();
  const auto recipients = read_recipients(wish.file, columns, session.term);
  if (!recipients) return complain(session, printable_lines(recipients.error().sentence));
  json::array members = kept_members(recipients->rows);
  const std::size_t size = members.size(), left_out = recipients->rows.size() - size;
  json::object body{{"members", std::move(members)}};
  put(body, "description", wish.description);
  put(body, "synced_at", *synced);
  put(body, "user", wish.user);
  const auto reply = ask(session, {"PUT", path_of_group(wish.name), json::serialize(body)});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
    return Exit::done;
  }
  session.term.out << fmt::format("The group {} is kept. Members: {}.", printable(wish.name), size);
  if (left_out > 0)
    session.term.out << fmt::format(" Rows of the file that are excluded, and not among them: {}.", left_out);
  session.term.out << fmt::format("\nLook at a burst to it: burstctl burst preview --group {} --text \"…\"\n",
                                  printable(wish.name));
  return Exit::done;
}

Exit delete_group(const Session& session, const GroupWish& wish) {
  json::object body;
  put(body, "user", wish.user);
  const auto reply = ask(session, {"DELETE", path_of_group(wish.name), json::serialize(body)});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
    return Exit::done;
  }
  session.term.out << fmt::format("The group {} is gone; what was sent to it stays on record.\n", printable(wish.name));
  return Exit::done;
}

}  // namespace burstd::ctl

#include "ctl/gateway/gateway_commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "ctl/words/look.hpp"
#include "ctl/words/modem_view.hpp"
#include "ctl/words/modem_words.hpp"
#include "ctl/words/quota_view.hpp"
#include "ctl/words/status_view.hpp"
#include "ctl/words/table.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::int64_t spoken_api = 1;

std::string when(const Session& session, const json::object& from, std::string_view member) {
  return for_people(text(from, member), session.term.now());
}

void print_modems_briefly(const Session& session, const json::array& modems) {
  if (modems.empty()) return print_no_modems(session);
  Table table({{"MODEM"},
               {"STATE"},
               {"SINCE"},
               {"OPERATOR", Side::left, 2},
               {"SIGNAL"},
               {"QUOTA LEFT"},
               {"SENT", Side::right},
               {"LAST SENT"},
               {"LAST REPORT"}});
  for (const json::value& entry : modems) {
    const json::object& modem = object(entry);
    table.add({text(modem, "name"), state_cell(modem), when(session, modem, "since"), operator_in_words(modem),
               signal_in_words(modem), narrowest_in_words(modem), text(modem, "accepted"),
               when(session, modem, "last_accepted"), when(session, modem, "last_report")});
  }
  session.term.out << table.render(session.term.look);
  print_troubles(session, modems);
}

void print_head(const Session& session, const json::object& status) {
  const Cell activity = activity_of(status, session.term.now());
  session.term.out << session.term.paint("burstd " + printable(text(status, "version")), Style::bold) << ": "
                   << session.term.paint(activity.text, activity.style) << '\n';
}

// The further members the gateway may report, each in a line when it is there.
void print_others(const Session& session, const json::object& status) {
  const std::string clock = clock_in_words(status);
  if (!clock.empty()) session.term.out << "Clock: " << printable(clock) << '\n';
  const std::string record = text(object(status, "record"), "sentence");
  if (!record.empty()) session.term.out << session.term.paint("Record: " + printable(record), Style::red) << '\n';
  const json::object& disk = object(status, "disk");
  const std::string room = text(disk, "sentence");
  if (!room.empty()) {
    session.term.out << session.term.paint("Disk: " + printable(room),
                                           text(disk, "room") == "full" ? Style::red : Style::yellow)
                     << '\n';
  }
  const std::string reply = text(status, "oldest_unacknowledged_reply");
  if (!reply.empty()) {
    session.term.out << "Oldest reply nobody has read: " << printable(for_people(reply, session.term.now())) << '\n';
  }
}

}  // namespace

Exit show_status(const Session& session) {
  const auto reply = ask(session, {"GET", "/v1/status", {}});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
    return Exit::done;
  }
  const json::object& status = reply->object();
  print_head(session, status);
  session.term.out << queue_in_words(object(status, "queue"), session.term.now()) << '\n';
  print_others(session, status);
  session.term.out << '\n';
  print_modems_briefly(session, list(status, "modems"));
  return Exit::done;
}

Exit show_version(const Session& session) {
  if (!session.json) session.term.out << "burstctl " BURSTD_VERSION "\n";
  const auto reply = ask(session, {"GET", "/v1/version", {}});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
    return Exit::done;
  }
  const json::object& gateway = reply->object();
  const std::string name = text(gateway, "name");
  session.term.out << printable((name.empty() ? "burstd" : name) + " " + text(gateway, "version")) << '\n';
  const auto least = number(gateway, "api_min"), most = number(gateway, "api_max");
  if (least.value_or(spoken_api) > spoken_api || most.value_or(spoken_api) < spoken_api) {
    session.term.err << "The two do not fit together: this burstctl speaks version 1 of the API. Install the same "
                        "release of both.\n";
  }
  return Exit::done;
}

}  // namespace burstd::ctl

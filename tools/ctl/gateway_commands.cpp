#include "ctl/gateway_commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "ctl/look.hpp"
#include "ctl/modem_view.hpp"
#include "ctl/modem_words.hpp"
#include "ctl/quota_view.hpp"
#include "ctl/table.hpp"
#include "ctl/when.hpp"
#include "ctl/width.hpp"

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

void print_queue(const Session& session, const json::object& queue) {
  const std::int64_t waiting = count(queue, "queued"), sending = count(queue, "sending");
  std::string line = fmt::format("Queue: {} waiting, {} on the air", waiting, sending);
  if (waiting + sending == 0) line = "Queue: empty";
  const auto oldest = base::from_rfc3339(text(queue, "oldest_pending_at"));
  if (oldest) {
    const base::Time now = session.term.now();
    line += fmt::format("; the oldest since {} ({})", for_people(*oldest, now), span(now - *oldest));
  }
  session.term.out << line << ".\n";
}

bool is_ready(const json::value& modem) { return text(object(modem), "state") == "ready"; }

constexpr std::string_view not_due = "What waits is not due yet, or waits for its hours or for the modem of its route.";

// A gateway with nothing to send is well, too, as long as a modem could.
Cell activity_of(const json::object& status, base::Time now) {
  const std::string reason = printable(with_local_times(text(status, "reason"), now));
  const json::array& modems = list(status, "modems");
  if (truth(status, "sending")) return Cell(reason.empty() ? "sending" : "sending, slowed: " + reason, Style::green);
  const bool could = std::any_of(modems.begin(), modems.end(), is_ready);
  if (could && reason == not_due) return Cell("ready: " + reason, Style::green);
  if (!reason.empty()) return Cell("NOT SENDING: " + reason, Style::red);
  if (could) return Cell("ready, nothing to send", Style::green);
  return Cell("no modem is ready", Style::red);
}

void print_head(const Session& session, const json::object& status) {
  const Cell activity = activity_of(status, session.term.now());
  session.term.out << session.term.paint("burstd " + printable(text(status, "version")), Style::bold) << ": "
                   << session.term.paint(activity.text, activity.style) << '\n';
}

// The further members the gateway may report, each in a line when it is there.
void print_others(const Session& session, const json::object& status) {
  const std::string clock = text(object(status, "clock"), "sentence");
  const std::string clock_words = clock.empty() ? text(status, "clock") : clock;
  if (!clock_words.empty()) session.term.out << "Clock: " << printable(clock_words) << '\n';
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
  print_queue(session, object(status, "queue"));
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

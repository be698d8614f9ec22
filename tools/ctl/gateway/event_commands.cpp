#include "ctl/gateway/event_commands.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>

#include "ctl/burst/burst_watch.hpp"
#include "ctl/wire/follower.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/waiting.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

std::string item_in_words(const json::object& item) {
  std::string to = text(item, "mobile_number");
  if (to.empty()) to = text(item, "number_as_typed");
  const std::string patient = patient_of(item);
  return fmt::format("{}  {}{}{}  {}", text(item, "id"), patient, patient.empty() ? "" : "  ", to, standing(item));
}

std::string batch_in_words(const json::object& batch) {
  const Progress progress = progress_of(batch);
  const std::string name = text(batch, "name");
  const std::string so_far = progress.total > 0 ? fmt::format("  {} of {} final", progress.done, progress.total) : "";
  return text(batch, "id") + (name.empty() ? "" : "  " + name) + "  " + text(batch, "state") + so_far;
}

std::string reply_in_words(const json::object& reply) {
  const std::string who = text(reply, "acknowledged_by");
  const std::string said = text(reply, "class");
  return text(reply, "id") + "  from " + text(reply, "from") + (said.empty() ? "" : "  " + said) +
         (who.empty() ? "" : "  seen by " + who);
}

// "+41791234567  blocked  by the patient", "+41791234567  not blocked  by anna of reception: phoned".
std::string opt_out_in_words(const json::object& row) {
  const std::string user = text(row, "user");
  const std::string words = text(row, "number") + (truth(row, "opted_out") ? "  blocked" : "  not blocked") + "  by ";
  if (user.empty()) return words + "the patient";
  return words + user + " of " + text(row, "client") + ": " + text(row, "reason");
}

// "front  ready", "front  paused by anna of it".
std::string own_in_words(const json::object& data) {
  std::string words = text(data, "name"), said = text(data, "state"), detail = text(data, "detail");
  if (said.empty()) said = text(data, "event");
  words += (words.empty() ? "" : "  ") + said;
  return detail.empty() ? words : words + "  " + detail;
}

std::string event_in_words(const std::string& kind, const json::object& data) {
  if (kind == "item") return item_in_words(data);
  if (kind == "batch") return batch_in_words(data);
  if (kind == "opt-out") return opt_out_in_words(data);
  return kind == "reply" ? reply_in_words(data) : own_in_words(data);
}

void print_event(const Session& session, const json::value& entry) {
  if (session.json) {
    session.term.out << json::serialize(entry) << std::endl;
    return;
  }
  const json::object& event = object(entry);
  const std::string kind = text(event, "kind");
  const std::string line = fmt::format("{}  {:<7}  {}", to_the_second(text(event, "at"), session.term.now()), kind,
                                       event_in_words(kind, object(event, "data")));
  session.term.out << printable(line) << std::endl;
}

}  // namespace

Exit follow_events(const Session& session, const Following& following) {
  const Watching watching;
  Follower follower(session, following.after);
  while (true) {
    const auto heard = follower.next(watching);
    if (!heard) return heard.error();
    if (!*heard) return Exit::done;
    for (const json::value& entry : (*heard)->events) {
      const bool wanted = following.kind.empty() || text(object(entry), "kind") == following.kind;
      if (wanted) print_event(session, entry);
    }
    if (!watching.wait(base::Milliseconds{0})) return Exit::done;
  }
}

void add_event_commands(CLI::App& parent, Following& following, const Finish& finish) {
  CLI::App& events = *parent.add_subcommand("events", "what happens, as it happens, until Ctrl-C");
  events.group("The gateway");
  events.footer(
      "Examples:\n  burstctl events --kind modem\n  burstctl events --after 0 --json\n"
      "A gateway that restarts is waited for, and nothing in between is missed.\n"
      "With --json every event is printed on a line of its own.");
  events
      .add_option_function<std::int64_t>(
          "--after", [&following](std::int64_t seq) { following.after = seq; },
          "what came after this change, too; 0: all there is (else from now on)")
      ->option_text("SEQ")
      ->check([](const std::string& typed) {
        constexpr std::size_t most = 18;  // digits
        const bool fits = !typed.empty() && typed.size() <= most;
        return fits && typed.find_first_not_of("0123456789") == std::string::npos
                   ? std::string()
                   : "it is the number of a change, such as 1234; 0 for all there is";
      });
  events.add_option("--kind", following.kind, "only these: item, batch, reply, opt-out, modem, quota or gateway")
      ->option_text("K")
      ->check(CLI::IsMember({"item", "batch", "reply", "opt-out", "modem", "quota", "gateway"}));
  finish(events, [&following](const Session& session) { return follow_events(session, following); });
}

}  // namespace burstd::ctl

#include "ctl/words/waiting.hpp"

#include <fmt/format.h>

#include <ostream>

#include "ctl/wire/follower.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

std::string still_under_way(const std::string& id) {
  return fmt::format("\nNo longer watching; the message goes on. Look again with: burstctl show {}\n", id);
}

std::string absence(const base::Result<Answer>& answer) {
  return answer ? "the gateway is busy with something else (503)." : answer.error().sentence;
}

Or<std::optional<Reply>> in_reply(const Session& session, const Answer& answer) {
  auto reply = judged(session, answer);
  if (!reply) return reply.error();
  return std::optional<Reply>(std::move(*reply));
}

}  // namespace

std::string limit_in_words(const std::string& limit) {
  return limit == "recipients" ? "number of different recipients in a month" : "limit by the " + limit;
}

std::string hold_in_words(const json::object& item, base::Time now) {
  const std::string by = text(item, "held_by");
  const json::object& hold = object(item, "hold");
  const std::string until = for_people(text(hold, "until"), now), modem = text(hold, "modem");
  if (by == "quota" && modem.empty()) return "the SIM cards have used up what they may send (burstctl quota)";
  if (by == "quota") {
    return fmt::format("the SIM of {} has used up its {}{}", modem, limit_in_words(text(hold, "limit")),
                       until.empty() ? "" : "; it goes on " + until);
  }
  if (by == "window") return "the hours of its category " + (until.empty() ? "never begin" : "begin " + until);
  if (by == "send-after") return "it is not to leave before " + (until.empty() ? "its time" : until);
  if (by == "no-modem") return "no modem that may send it is ready (burstctl modems)";
  if (by == "paused") return "every modem that may send it is paused (burstctl modem resume NAME)";
  if (by == "restored")
    return "the record was restored: nothing goes until an administrator releases it (burstctl release)";
  if (by == "clock") return "the clock of the gateway cannot be trusted (burstctl status)";
  return by.empty() || until.empty() ? by : by + ", until " + until;
}

std::string standing(const json::object& item) {
  const std::string status = text(item, "status"), state = text(item, "state"), error = text(item, "error");
  std::string said = status.empty() ? state : status;
  const bool tells_more = status == "Pending" || state == "cancelled" || state == "unconfirmed" || state == "uncertain";
  if (!error.empty()) {
    said += ": " + error;
  } else if (tells_more && !state.empty() && state != said) {
    const std::string held_by = text(item, "held_by");
    said += " (" + state + (held_by.empty() ? "" : ": " + held_by) + ")";
  }
  return said;
}

void print_standing(const Session& session, const json::object& item) {
  session.term.out << session.term.paint(printable(standing(item)), style_of(text(item, "status"), text(item, "state")))
                   << '\n';
}

void print_hold(const Session& session, const json::object& item) {
  const std::string hold = hold_in_words(item, session.term.now());
  if (!hold.empty()) session.term.out << "It waits: " << printable(hold) << ".\n" << std::flush;
}

namespace {

void print_progress(const Session& session, const json::object& item) {
  print_standing(session, item);
  print_hold(session, item);
}

}  // namespace

Or<std::optional<Answer>> answer_patiently(const Session& session, const Request& request, const Watching& watching) {
  for (int away = 0; away < away_looks; ++away) {
    auto answer = session.client.ask(request);
    if (answer && answer->status != 503) return std::optional<Answer>(std::move(*answer));
    if (!answer && answer.error().code == "no-permission") break;
    if (away == 0) session.term.err << "burstctl: " << absence(answer) << " Waiting for it to come back.\n";
    if (!watching.wait(session.term.poll)) return std::optional<Answer>();
  }
  auto reply = ask(session, request);
  if (!reply) return reply.error();
  return std::optional<Answer>(std::move(reply->answer));
}

Or<std::optional<Reply>> look_patiently(const Session& session, const Request& request, const Watching& watching) {
  const auto answer = answer_patiently(session, request, watching);
  if (!answer) return answer.error();
  if (!*answer) return std::optional<Reply>();
  return in_reply(session, **answer);
}

Exit wait_for_item(const Session& session, const std::string& id) {
  const Watching watching;
  Follower follower(session);
  std::string last;
  while (true) {
    const auto look = look_patiently(session, {"GET", "/v1/clinical-items/" + encoded(id), {}}, watching);
    if (!look) return look.error();
    if (*look) {
      const json::object& item = (*look)->object();
      const std::string status = text(item, "status");
      const bool final = status == "Sent Successfully" || status == "Send Failed";
      if (session.json && final) print_raw(session, (*look)->answer);
      if (!session.json && standing(item) != last) print_progress(session, item);
      if (final) return status == "Send Failed" ? Exit::refused : Exit::done;
      last = standing(item);
    }
    if (!*look || !follower.pause(watching)) {
      session.term.err << still_under_way(printable(id));
      return Exit::refused;
    }
  }
}

}  // namespace burstd::ctl

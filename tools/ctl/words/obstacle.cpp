#include "ctl/words/obstacle.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <ostream>

#include "ctl/words/look.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::string_view nothing_leaves = "Nothing can leave now";

bool all_are(const json::array& modems, std::string_view state) {
  return std::ranges::all_of(modems, [&](const json::value& modem) { return text(object(modem), "state") == state; });
}

bool is_ready(const json::object& modem) { return text(modem, "state") == "ready"; }

// Its SIM is not refused by the network at the moment.
bool is_at_work(const json::object& modem) { return is_ready(modem) && text(modem, "next_try_at").empty(); }

// By the day or the month: numbers that are known this month need no room by the recipients.
bool has_nothing_left(const json::object& modem) {
  const json::object& left = object(modem, "quota_left");
  return is_ready(modem) && (number(object(left, "day"), "left") == 0 || number(object(left, "month"), "left") == 0);
}

template <class Condition>
bool none_is(const json::array& modems, Condition condition) {
  return std::ranges::none_of(modems, [&](const json::value& modem) { return condition(object(modem)); });
}

// Whatever the modems are: the record was restored and nobody has released it, its disk is full, or no clock is right.
// A clock that has jumped is not trusted either, but sending goes on by the time before: it is no reason then.
bool is_held_back(const json::object& status) {
  const json::object& clock = object(status, "clock");
  const std::string distrust = text(clock, "sentence");
  const bool no_time = clock.contains("trusted") && !truth(clock, "trusted") && text(status, "reason") == distrust;
  return no_time || !object(status, "held").empty() || text(object(status, "disk"), "room") == "full";
}

}  // namespace

std::string obstacle_in_words(const json::object& status, base::Time now) {
  if (!status.contains("modems")) return {};
  const json::array& modems = list(status, "modems");
  const std::string head(nothing_leaves), reason = text(status, "reason");
  if (is_held_back(status)) return head + ". " + with_local_times(reason, now);
  if (modems.empty()) return head + ": no modem is configured or found (burstctl modems).";
  if (all_are(modems, "paused")) return head + ": every modem is paused (burstctl modem resume NAME).";
  if (none_is(modems, is_ready)) return head + ": no modem is ready (burstctl modems).";
  const auto could = [](const json::object& modem) { return is_ready(modem) && !has_nothing_left(modem); };
  if (reason.empty() && none_is(modems, could))
    return head + ": the limits of the SIM cards are used up (burstctl quota).";
  // A limit, or a network that refuses every SIM; what waits for its own hours or time is told of each message.
  const bool of_all = reason.starts_with("The SIM of modem") || none_is(modems, is_at_work);
  return of_all && !reason.empty() && !truth(status, "sending") ? head + ". " + with_local_times(reason, now)
                                                                : std::string();
}

std::string obstacle_now(const Session& session) {
  const auto answer = session.client.ask({"GET", "/v1/status", {}});
  if (!answer || !answer->good()) return {};
  boost::system::error_code failure;
  const json::value status = json::parse(answer->body, failure);
  return failure ? std::string() : obstacle_in_words(object(status), session.term.now());
}

void print_obstacle(const Session& session) {
  if (session.json) return;
  const std::string obstacle = obstacle_now(session);
  if (!obstacle.empty()) session.term.out << session.term.paint(printable(obstacle), Style::red) << '\n';
}

}  // namespace burstd::ctl

#include "message/state.hpp"

#include <algorithm>

namespace burstd::message {

namespace {

struct Rule {
  State from;
  Event event;
  State to;
};

using enum State;
using E = Event;

// Every pair that is not here is refused. Reports, person_* and late verdicts are the evidence to which
// the states without evidence (uncertain, unconfirmed, retrying) yield. What waits to be sent once more after a doubt
// may have left already: evidence finds it, too, and when its time is over it is in doubt again (`lost`).
constexpr std::array rules{
    Rule{queued, E::dispatched, sending},
    Rule{queued, E::lost, uncertain},
    Rule{queued, E::refused_for_good, failed},
    Rule{queued, E::abandoned, failed},
    Rule{queued, E::expired, expired},
    Rule{queued, E::blocked, blocked},
    Rule{queued, E::cancelled, cancelled},
    Rule{queued, E::report_delivered, delivered},
    Rule{queued, E::report_unconfirmed, unconfirmed},

    Rule{retrying, E::dispatched, sending},
    Rule{retrying, E::accepted, submitted},
    Rule{retrying, E::lost, uncertain},
    Rule{retrying, E::refused_for_good, failed},
    Rule{retrying, E::abandoned, failed},
    Rule{retrying, E::expired, expired},
    Rule{retrying, E::blocked, blocked},
    Rule{retrying, E::cancelled, cancelled},
    Rule{retrying, E::report_delivered, delivered},
    Rule{retrying, E::report_unconfirmed, unconfirmed},

    Rule{sending, E::accepted, submitted},
    Rule{sending, E::not_sent, queued},
    Rule{sending, E::refused_for_now, retrying},
    Rule{sending, E::refused_for_good, failed},
    Rule{sending, E::lost, uncertain},
    Rule{sending, E::report_delivered, delivered},

    Rule{submitted, E::report_delivered, delivered},
    Rule{submitted, E::report_unconfirmed, unconfirmed},
    Rule{submitted, E::report_trying, submitted},
    Rule{submitted, E::report_failed, failed},
    Rule{submitted, E::window_ended, unconfirmed},
    Rule{submitted, E::trying_ended, failed},

    Rule{uncertain, E::accepted, submitted},
    Rule{uncertain, E::not_sent, queued},
    Rule{uncertain, E::refused_for_now, retrying},
    Rule{uncertain, E::refused_for_good, failed},
    Rule{uncertain, E::report_delivered, delivered},
    Rule{uncertain, E::report_unconfirmed, unconfirmed},
    Rule{uncertain, E::report_trying, submitted},
    Rule{uncertain, E::report_failed, failed},
    Rule{uncertain, E::window_ended, uncertain},
    Rule{uncertain, E::person_sent, unconfirmed},
    Rule{uncertain, E::person_not_sent, failed},
    Rule{uncertain, E::repeated, retrying},

    Rule{unconfirmed, E::report_delivered, delivered},
    Rule{unconfirmed, E::report_unconfirmed, unconfirmed},
    Rule{unconfirmed, E::report_failed, failed},

    // A modem that said "error" may have sent all the same (its report may even find the next try on the air), and a
    // phone that was given up may come back: also after a report that said so.
    Rule{failed, E::report_delivered, delivered},
    Rule{failed, E::report_unconfirmed, unconfirmed},
    Rule{failed, E::report_failed, failed},
    Rule{failed, E::repeated, retrying},
};

constexpr bool is_final_report(Event event) {
  return event == E::report_delivered || event == E::report_unconfirmed || event == E::report_failed;
}

// A final report yields to a delivery, to a sending of its own, and to a failure where it had only said "passed on".
constexpr bool is_closed(Standing standing, Event event) {
  if (!standing.reported || event == E::repeated || event == E::report_delivered) return false;
  return standing.state != unconfirmed || event == E::report_unconfirmed;
}

struct StateName {
  State state;
  std::string_view name;
};

constexpr std::array state_names{StateName{queued, "queued"},
                                 StateName{sending, "sending"},
                                 StateName{retrying, "retrying"},
                                 StateName{submitted, "submitted"},
                                 StateName{delivered, "delivered"},
                                 StateName{unconfirmed, "unconfirmed"},
                                 StateName{uncertain, "uncertain"},
                                 StateName{failed, "failed"},
                                 StateName{expired, "expired"},
                                 StateName{blocked, "blocked"},
                                 StateName{State::cancelled, "cancelled"}};

constexpr std::array<std::string_view, all_events.size()> event_names{
    "dispatched",   "not-sent",         "refused-for-now",    "refused-for-good", "accepted",
    "lost",         "report-delivered", "report-unconfirmed", "report-trying",    "report-failed",
    "window-ended", "trying-ended",     "abandoned",          "expired",          "blocked",
    "cancelled",    "person-sent",      "person-not-sent",    "repeated"};

constexpr std::array<std::string_view, 3> status_names{"Pending", "Sent Successfully", "Send Failed"};

}  // namespace

std::optional<Standing> next(Standing standing, Event event) {
  if (is_closed(standing, event)) return std::nullopt;
  const auto* const rule =
      std::ranges::find_if(rules, [&](const Rule& row) { return row.from == standing.state && row.event == event; });
  if (rule == rules.end()) return std::nullopt;
  return Standing{rule->to, event != E::repeated && (standing.reported || is_final_report(event))};
}

std::string_view to_string(State state) { return state_names.at(static_cast<std::size_t>(state)).name; }

std::string_view to_string(Event event) { return event_names.at(static_cast<std::size_t>(event)); }

std::optional<State> state_from(std::string_view text) {
  const auto* const found = std::ranges::find(state_names, text, &StateName::name);
  return found == state_names.end() ? std::nullopt : std::optional{found->state};
}

std::optional<Event> event_from(std::string_view text) {
  const auto* const found = std::ranges::find(event_names, text);
  if (found == event_names.end()) return std::nullopt;
  return static_cast<Event>(found - event_names.begin());
}

std::string_view to_string(Status status) { return status_names.at(static_cast<std::size_t>(status)); }

std::optional<Status> status_from(std::string_view text) {
  const auto* const found = std::ranges::find(status_names, text);
  if (found == status_names.end()) return std::nullopt;
  return static_cast<Status>(found - status_names.begin());
}

Status status_of(State state, bool window_over, const StatusRules& rules) {
  switch (state) {
    case queued:
    case sending:
    case retrying:
      return Status::pending;
    case submitted:
      return rules.network_confirms ? Status::sent : Status::pending;
    case delivered:
      return Status::sent;
    case unconfirmed:
      return rules.unconfirmed_fails ? Status::failed : Status::sent;
    case uncertain:
      return window_over ? Status::failed : Status::pending;
    case failed:
    case expired:
    case blocked:
    case cancelled:
      break;
  }
  return Status::failed;
}

}  // namespace burstd::message

// The life of a part and of a message: its states, what can happen to it, and the one rule that says what
// follows. Pure: the ledger applies it inside the transaction that stores the outcome.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace burstd::message {

enum class State : std::uint8_t {
  queued,       // on disk, nothing has left
  sending,      // an attempt is on disk and with a modem
  retrying,     // refused for now; tried again at next_attempt_at
  submitted,    // the network took it, a report is awaited
  delivered,    // a report says so
  unconfirmed,  // the network took it and will say no more
  uncertain,    // it may have left, no verdict
  failed,       // will not be tried again
  expired,      // expires_at passed and nothing has left
  blocked,      // opted out or denied before anything left
  cancelled,    // withdrawn before anything left
};

enum class Event : std::uint8_t {
  dispatched,          // an attempt is recorded and goes to a modem
  not_sent,            // proven: nothing left, any SIM may take it at once
  refused_for_now,     // refused; may be repeated later
  refused_for_good,    // refused; must not be repeated
  accepted,            // +CMGS, at once or late
  lost,                // handed over, no verdict; or to be sent once more after that, and its time is over
  report_delivered,    // TP-ST 0x00
  report_unconfirmed,  // TP-ST 0x01 to 0x1F: passed on, delivery not confirmed
  report_trying,       // TP-ST 0x20 to 0x3F: the service centre still tries
  report_failed,       // a final TP-ST that says it did not arrive
  window_ended,        // validity and one hour are over without a final report
  trying_ended,        // the same, and the last word was "still trying"
  abandoned,           // another part failed or the rest came too late
  expired,             // expires_at
  blocked,             // opt-out
  cancelled,           // withdrawn
  person_sent,         // a named person says it arrived
  person_not_sent,     // a named person says it did not leave
  repeated,            // sent once more on purpose: the network gave up, or the policy for doubt says so
};

inline constexpr std::array all_states{State::queued,    State::sending,     State::retrying,  State::submitted,
                                       State::delivered, State::unconfirmed, State::uncertain, State::failed,
                                       State::expired,   State::blocked,     State::cancelled};

inline constexpr std::array all_events{Event::dispatched,       Event::not_sent,
                                       Event::refused_for_now,  Event::refused_for_good,
                                       Event::accepted,         Event::lost,
                                       Event::report_delivered, Event::report_unconfirmed,
                                       Event::report_trying,    Event::report_failed,
                                       Event::window_ended,     Event::trying_ended,
                                       Event::abandoned,        Event::expired,
                                       Event::blocked,          Event::cancelled,
                                       Event::person_sent,      Event::person_not_sent,
                                       Event::repeated};

// A part's state together with what it rests on: a final word of the network yields to a report of delivery alone.
struct Standing {
  State state = State::queued;
  bool reported = false;  // rests on a final delivery report
  friend bool operator==(const Standing&, const Standing&) = default;
};

// What follows, or nothing when the event cannot change (or may not touch) this standing.
std::optional<Standing> next(Standing standing, Event event);

std::string_view to_string(State state);
std::string_view to_string(Event event);
std::optional<State> state_from(std::string_view text);
std::optional<Event> event_from(std::string_view text);

// The three words that the clinic sees.
enum class Status : std::uint8_t { pending, sent, failed };

std::string_view to_string(Status status);  // "Pending", "Sent Successfully", "Send Failed"
std::optional<Status> status_from(std::string_view text);

struct StatusRules {
  bool network_confirms = false;   // `confirmation: network`: submitted already shows as sent
  bool unconfirmed_fails = false;  // unconfirmed shows as Send Failed
};

// `window_over`: the time in which an uncertain message may still become certain by itself has ended.
Status status_of(State state, bool window_over, const StatusRules& rules);

}  // namespace burstd::message

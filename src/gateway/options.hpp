// What the administrator may set about sending: what counts as sent, and how long evidence is waited for.
// config fills it from the section "sending"; the ledger and the timekeeper go by it.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "message/pace.hpp"
#include "message/reply_class.hpp"
#include "message/state.hpp"
#include "message/window.hpp"

namespace burstd::gateway {

// What is said for one modem; what is not said goes by the general limits.
struct OwnLimits {
  std::optional<int> per_minute, per_hour, per_day, per_month, recipients_per_month;
  std::optional<base::Milliseconds> jitter;
};

// Numbers that begin so go over these modems and no other.
struct Route {
  std::string prefix;  // E.164 with its plus
  std::vector<std::string> modems;
  bool operator==(const Route&) const = default;
};
inline constexpr std::size_t most_routes = 63;

// What is made of what patients write.
struct Replies {
  message::ReplyWords words;
  std::optional<std::string> opt_out_confirmation;  // what a STOP is answered with; nothing: it is not answered
};

struct Options {
  message::StatusRules status;
  std::chrono::minutes report_grace{60};           // on top of a message's validity, before "no report" is final
  std::chrono::minutes uncertain_window{10};       // once reports flow again on the SIM
  std::chrono::minutes listening_step{1};          // how often it is noted that somebody listens for reports
  std::chrono::minutes reply_wait{30};             // for the missing parts of a long reply
  std::chrono::minutes half_sent_limit{10};        // the rest of a half-sent message goes within this or not at all
  std::set<std::string> resend_doubtful;           // categories of which a doubtful message is sent once more
  std::chrono::minutes resend_after{3};            // so old is the doubt then; the network itself may take 45 s
  message::Limits limits;                          // of each SIM
  std::map<std::string, OwnLimits> limits_of;      // of the SIM in this modem
  std::map<std::string, message::Window> windows;  // by category; those that are not here may always go
  std::vector<Route> routes;                       // the first that fits
  std::string timezone = "Europe/Zurich";          // of days, months and windows: the clinic's
  std::string country = "CH";                      // of numbers that a network shows without theirs: the clinic's
  Replies replies;
  std::optional<std::chrono::hours> remove_texts;  // of what is over, so long after its last change; nothing: never
};

// The limits of one modem's SIM: the general ones with its own in their place.
inline message::Limits limits_of(const Options& options, const std::string& modem) {
  const auto found = options.limits_of.find(modem);
  if (found == options.limits_of.end()) return options.limits;
  const OwnLimits& own = found->second;
  message::Limits limits = options.limits;
  limits.per_minute = own.per_minute.value_or(limits.per_minute);
  limits.per_hour = own.per_hour.value_or(limits.per_hour);
  limits.per_day = own.per_day.value_or(limits.per_day);
  limits.per_month = own.per_month.value_or(limits.per_month);
  limits.recipients_per_month = own.recipients_per_month.value_or(limits.recipients_per_month);
  limits.jitter = own.jitter.value_or(limits.jitter);
  return limits;
}

}  // namespace burstd::gateway

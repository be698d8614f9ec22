// Watching one message, or anything else, until it is final. A gateway that restarts meanwhile is waited for:
// the message is on record, only our view of it is gone.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

// "Send Failed: Phone number is not valid": status, state where it says more, error; as it is, for a table.
std::string standing(const boost::json::object& item);

// "the SIM of front has used up its limit by the day; it goes on tomorrow 00:00": why a held message waits and until
// when; empty for one that is not held.
std::string hold_in_words(const boost::json::object& item, base::Time now);

// "limit by the day", "number of different recipients in a month".
std::string limit_in_words(const std::string& limit);

// The same as standing() on a line, in its colour.
void print_standing(const Session& session, const boost::json::object& item);

// "It waits: no modem that may send it is ready (burstctl modems)." on a line, of one that is held.
void print_hold(const Session& session, const boost::json::object& item);

// Looks until "Sent Successfully" (done) or "Send Failed" (refused); Ctrl-C ends the watching only (refused:
// the outcome is not known).
Exit wait_for_item(const Session& session, const std::string& id);

// The answer as it came, of whatever status but 503. While the gateway is away it says so once and tries again, at most
// `away_looks` times; nothing when Ctrl-C came.
Or<std::optional<Answer>> answer_patiently(const Session& session, const Request& request, const Watching& watching);

// One look in the same manner: a refusal is told.
Or<std::optional<Reply>> look_patiently(const Session& session, const Request& request, const Watching& watching);

inline constexpr int away_looks = 120;

}  // namespace burstd::ctl

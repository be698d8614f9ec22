// A burst in words: its light and totals, what of it can be sent, how far it is.
// Used by burst_commands and burst_watch; prints what the gateway answered and asks for nothing.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "ctl/burst/burst_rows.hpp"
#include "ctl/wire/session.hpp"

namespace burstd::ctl {

// "yellow: it fits, but little is left afterwards (12 needed, 40 available, limited by day)"
std::string light_in_words(const std::string& light, const boost::json::object& quota);
Style style_of_light(const std::string& light);

// "all have left" of one that is done and waits for reports, else its state as it is.
std::string state_in_words(const boost::json::object& batch);

// The burst as it would be with the rows that are chosen: their number, SMS and light, and no end, which is not known.
boost::json::object as_chosen(boost::json::object batch, const RowFigures& figures);

// Rows, segments, light, quota, expected end. `figures`: where the rows are known, also what cannot be sent.
void print_summary(const Session& session, const boost::json::object& batch,
                   const std::optional<RowFigures>& figures = {});

void print_reminder(const Session& session);

// "Sent Successfully 20 · Pending 18 · Send Failed 3", coloured.
std::string counts_in_words(const Session& session, const boost::json::object& batch);

// "today 14:20" of a time, "in 5 min" of a number of seconds, "" when not known.
std::string eta_in_words(const boost::json::object& batch, base::Time now);

}  // namespace burstd::ctl

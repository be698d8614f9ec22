// A burst in words and tables: its rows with verdicts and flags, its light and totals, how far it is.
// Used by burst_commands and burst_watch; prints what the gateway answered and asks for nothing.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "ctl/session.hpp"

namespace burstd::ctl {

bool sendable(const boost::json::object& row);  // verdict "ok", or none

// With the meaning of their verdicts and flags below. `lines`: of the rows in their file, when known.
void print_rows(const Session& session, const boost::json::array& rows, const std::vector<std::size_t>& lines);

// "yellow: it fits, but little is left afterwards (12 needed, 40 available, limited by day)"
std::string light_in_words(const std::string& light, const boost::json::object& quota);
Style style_of_light(const std::string& light);

// Only the rows that need a look: a verdict that forbids, a flag that warns.
boost::json::array doubtful(const boost::json::array& rows);

// The same and rows that are not selected, after the first few whatever they are.
boost::json::array worth_a_look(const boost::json::array& rows, std::size_t first);

// The first texts, as patients would read them.
void print_texts(const Session& session, const boost::json::array& rows);

// Rows, segments, light, quota, expected end.
void print_summary(const Session& session, const boost::json::object& batch);

// How many of the rows that would be sent are likely to expire first; nothing where there are none.
void print_expiring(const Session& session, const boost::json::array& rows);

void print_reminder(const Session& session);

// "Sent Successfully 20 · Pending 18 · Send Failed 3", coloured.
std::string counts_in_words(const Session& session, const boost::json::object& batch);

// "today 14:20" of a time, "in 5 min" of a number of seconds, "" when not known.
std::string eta_in_words(const boost::json::object& batch, base::Time now);

}  // namespace burstd::ctl

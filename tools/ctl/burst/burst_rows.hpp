// The rows of a burst in a table, with what their verdicts and flags mean, and what would become of those that are
// chosen. Used by burst_commands and burst_view; prints what the gateway answered and asks for nothing.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

// Of the rows that are chosen: SMS counts those of the sendable.
struct RowFigures {
  std::int64_t total = 0, chosen = 0;
  std::int64_t sendable = 0, segments = 0;
  std::int64_t failing = 0;   // cannot be sent and become Send Failed
  std::int64_t idle = 0;      // accepted before, or excluded: nothing comes of them
  std::int64_t expiring = 0;  // sendable, and likely to expire first
};

// `selection` as the gateway takes it: {"select":[…]}, {"deselect":[…]} or {} for what is selected by default.
RowFigures figures_of(const boost::json::array& rows, const boost::json::object& selection);

// "4 of them cannot be sent and become Send Failed"; empty when every row that is chosen can be sent.
std::string shortfall_in_words(const RowFigures& figures);

// With the meaning of their verdicts and flags below. `lines`: of the rows in their file, when known.
void print_rows(const Session& session, const boost::json::array& rows, const std::vector<std::size_t>& lines);

// Only the rows that need a look: a verdict that forbids, a flag that warns.
boost::json::array doubtful(const boost::json::array& rows);

// The same and rows that are not selected, after the first few whatever they are.
boost::json::array worth_a_look(const boost::json::array& rows, std::size_t first);

// The first texts, as patients would read them, of rows that are chosen and can be sent.
void print_texts(const Session& session, const boost::json::array& rows, const boost::json::object& selection);

}  // namespace burstd::ctl

// A burst on its way: a bar that redraws itself on a terminal, a line for every change elsewhere.
// Used by burst_commands; looks only, so that ending it never touches the burst.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct Progress {
  std::int64_t done = 0, total = 0;
  std::int64_t failed = 0;  // Send Failed, cancelled ones not counted
  bool final = false;       // no message is pending any more
};

Progress progress_of(const boost::json::object& batch);

// "[████████░░░░░░░░] 20/41  49 %"
std::string bar(const Progress& progress, std::size_t width);

// Looks until every message is final. Exit::refused when one failed; Ctrl-C ends the watching only (done).
Exit watch_burst(const Session& session, const std::string& id);

}  // namespace burstd::ctl

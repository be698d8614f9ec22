// What the probe has found out, in words for the person who looks after the computer. Used by `burstctl driver probe`.
// Card and subscriber numbers are shown by their last digits unless all is wanted.
#pragma once

#include <string>

#include "ctl/probe/probe_findings.hpp"

namespace burstd::ctl {

// Several lines, each with its line end.
std::string report_of(const Findings& found, bool full);

// "…4567".
std::string last_digits(const std::string& number, bool full);

// The sentences about delivery reports; for the report and for programs.
std::vector<std::string> report_ways(const Messaging& messaging);

}  // namespace burstd::ctl

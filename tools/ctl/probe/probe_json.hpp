// What the probe has found out, as one JSON object for programs, with every question and its answer. Used by `burstctl
// driver probe --json`. Long numbers are shown by their last digits unless all is wanted; the IMEI is whole.
#pragma once

#include <boost/json/object.hpp>

#include "ctl/probe/probe_findings.hpp"

namespace burstd::ctl {

boost::json::object probe_to_json(const Findings& found, bool full);

}  // namespace burstd::ctl

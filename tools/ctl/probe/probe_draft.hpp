// A driver's file from what the probe has found: what was seen is filled in and marked, the rest stands as comments.
// The draft passes `driver check`. Used by `burstctl driver probe`. Writes no file.
#pragma once

#include <string>
#include <vector>

#include "ctl/probe/probe_findings.hpp"

namespace burstd::ctl {

// "huawei-e173", from maker and model.
std::string draft_name(const modem::Identity& identity);

std::string draft_of(const Findings& found, const std::vector<modem::Driver>& drivers, const std::string& name);

// How long a command may take, judged by those that were asked; nothing: the usual 10 s are enough.
std::optional<int> fitting_timeout_s(const Findings& found);

// The slowest answer; nullptr when there was none.
const Exchange* slowest_of(const Findings& found);

}  // namespace burstd::ctl

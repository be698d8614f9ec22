// What the record knows about a SIM and its modem at large: whether delivery reports come at all, and whether the last
// thing that was sent has a verdict. The gateway asks; nothing is written here.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "base/time.hpp"
#include "store/connection.hpp"

namespace burstd::store {

struct ReportCount {
  std::int64_t accepted = 0;  // attempts that the network took
  std::int64_t reports = 0;   // that came, matched or not
};

// Attempts over this SIM that began in [since, until), and its reports received from `since` on.
ReportCount report_count(const Connection& connection, const std::string& sim, base::Time since, base::Time until);

// When the newest attempt began that has no verdict ("open" or "unknown"), from `since` on, over any modem but those.
std::optional<base::Time> latest_unresolved(const Connection& connection, base::Time since,
                                            const std::set<std::string>& but);

}  // namespace burstd::store

// Which attempt a delivery report speaks of: same SIM and TP-MR (the caller's look-up), then the tail of the
// recipient's number, then time. The service centre's own number is never compared. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace burstd::message {

struct Candidate {
  std::int64_t attempt = 0;
  std::string recipient;  // E.164
  base::Time started_at;
  bool open = true;  // its part still waits for a final report
};

struct Reported {
  std::string recipient;  // TP-RA as it came, any type of number
  base::Time received_at;
  std::optional<base::Time> submitted_at;  // TP-SCTS; the service centre's clock, used only to choose among equals
};

struct Match {
  std::optional<std::int64_t> attempt;
  bool ambiguous = false;  // more than one open candidate fitted; the one chosen is the likeliest
};

Match match(const std::vector<Candidate>& candidates, const Reported& report);

// For attempts whose reference was never learned: the recipient and the service centre's time (from two minutes
// before the hand-over to five after it) must fit, and only one candidate may.
Match match_unreferenced(const std::vector<Candidate>& candidates, const Reported& report);

// True when the last seven to nine digits agree, whatever the type of number.
bool same_recipient(const std::string& one, const std::string& other);

}  // namespace burstd::message

// Which attempt a delivery report speaks of: same SIM (the caller's look-up), the tail of the recipient's number,
// TP-MR, and time. References are one octet and come round again, so time decides before the reference alone does.
// The service centre's own number is never compared. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace burstd::message {

struct Candidate {
  std::int64_t attempt = 0;
  std::string recipient;         // E.164
  std::optional<int> reference;  // TP-MR; nothing: never learned, or not yet
  bool in_flight = false;        // no verdict yet
  bool open = true;              // its part still waits for a final report
  base::Time started_at, ended_at;
  base::Time window_ends_at;  // until when a report of it may come
};

struct Reported {
  std::string recipient;  // TP-RA as it came, any type of number
  int reference = 0;
  base::Time received_at;
  std::optional<base::Time> submitted_at;  // TP-SCTS, by the service centre's clock
};

struct Match {
  std::optional<std::int64_t> attempt;
  bool ambiguous = false;  // more than one open candidate fitted as well
};

// In this order: the same reference handed over when TP-SCTS says; no reference known, but handed over then (a single
// one, and not one that is still in flight: its verdict will tell); the same reference within its window, open ones
// first, the newest. Nothing where none of these holds: the report stays an orphan.
Match match(const std::vector<Candidate>& candidates, const Reported& report);

// The first of these three alone; nothing where TP-SCTS fits none, so that the others have to be looked at.
std::optional<Match> match_by_time(const std::vector<Candidate>& candidates, const Reported& report);

// How far the service centre's clock may stand from the hand-over for the two to be the same moment.
inline constexpr std::chrono::minutes clock_before{2}, clock_after{5};

// True when the last seven to nine digits agree, whatever the type of number.
inline constexpr std::size_t fewest_digits = 7;
bool same_recipient(const std::string& one, const std::string& other);

}  // namespace burstd::message

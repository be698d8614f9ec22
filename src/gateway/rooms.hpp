// What may still leave, by the limits and the money of every SIM in service: a value, taken on the loop and asked on
// any thread. clinic judges bursts by it (the light, when the last will have left). It changes nothing and knows no
// clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "calendar/zone.hpp"
#include "message/pace.hpp"

namespace burstd::gateway {

// Of one SIM.
struct Allowance {
  message::Limits limits;
  int spent_today = 0, spent_this_month = 0;          // segments
  std::unordered_set<message::Recipient> recipients;  // of this month; empty where they are not limited
  std::optional<std::int64_t> credit;                 // segments that its money pays for
};

class Rooms {
 public:
  Rooms(std::string zone, base::Time now) : x_zone(zone), x_now(now) {}

  void add(Allowance allowance) { x_sims.push_back(std::move(allowance)); }

  // Segments that may leave until then, over all SIMs, and what limits them: "day", "month" or "credit". Nothing: at
  // least one SIM has no limit, or none is in service.
  struct Room {
    std::optional<std::int64_t> segments;
    std::optional<std::string> limited_by;
  };
  Room until(base::Time end) const;

  // Recipients to whom nothing went this month and who may still get something until then; nothing: no limit.
  std::optional<std::int64_t> strangers_left(base::Time end) const;
  bool is_stranger(const std::string& number) const;

  // When so many segments will have left, if nothing comes between: by the air and every limit. Nothing: never, as far
  // as can be seen.
  std::optional<base::Time> finish(base::Time start, std::int64_t segments) const;

 private:
  struct Span {
    int days = 0, months = 0;
  };
  Span midnights_until(base::Time end) const;
  Room of(const Allowance& sim, Span span) const;

  calendar::Zone x_zone;
  base::Time x_now;
  std::vector<Allowance> x_sims;
};

}  // namespace burstd::gateway

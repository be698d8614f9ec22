// What may still leave, by the limits and the money of every SIM in service, the routes and the hours of sending: a
// value, taken on the loop and asked on any thread. clinic judges bursts by it (the light, when the last will have
// left). It changes nothing and knows no clock.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "calendar/zone.hpp"
#include "gateway/options.hpp"
#include "message/pace.hpp"

namespace burstd::gateway {

// Of one SIM.
struct Allowance {
  message::Limits limits;
  int spent_today = 0, spent_this_month = 0;          // segments
  std::unordered_set<message::Recipient> recipients;  // of this month; empty where they are not limited
  std::optional<std::int64_t> credit;                 // segments that its money pays for
  std::uint64_t routes = 0;                           // that lead over it, as routes_over() says
  std::vector<message::Remainder> remainders = {};    // limit by limit
};

// How much there is by route, as route_of() names it: segments or recipients.
using ByRoute = std::map<int, std::int64_t>;

class Rooms {
 public:
  Rooms(const Options& options, base::Time now)
      : x_zone(options.timezone), x_windows(options.windows), x_routes(options.routes), x_now(now) {}

  void add(Allowance allowance) { x_sims.push_back(std::move(allowance)); }

  const std::vector<Route>& routes() const { return x_routes; }

  // What is asked for until `end`, beside what waits already.
  struct Wish {
    ByRoute needed, promised;
    base::Time end;
  };
  // How much of what is needed may leave until then and what limits it: "day", "month", "credit" or "recipients".
  // Nothing: it may go over a SIM without a limit, or no SIM of its routes is in service. What only some SIMs may send
  // has the room of those alone.
  struct Room {
    std::optional<std::int64_t> number;
    std::optional<std::string> limited_by;
  };
  Room segments(const Wish& wish) const;

  // The same in recipients to whom nothing went this month.
  Room strangers(const Wish& wish) const;
  bool limits_strangers() const;  // at least one SIM does
  bool is_stranger(const std::string& number) const;

  // When something of a category may next go by its hours, from then on. Nothing: never.
  std::optional<base::Time> opening(base::Time from, const std::string& category) const;

  // When so many segments of a category will have left, if nothing comes between: by the air, every limit and the hours
  // of the category, over all SIMs. Nothing: never, as far as can be seen.
  std::optional<base::Time> finish(base::Time start, std::int64_t segments, const std::string& category = {}) const;

 private:
  using Sims = std::uint64_t;  // a bit for each
  struct Span {
    int days = 0, months = 0;
  };
  Span midnights_until(base::Time end) const;
  struct Stretch {
    base::Time from, until;
  };
  // What of a SIM is given away.
  struct Use {
    int day = -1;  // midnights from now
    std::int64_t of_day = 0, all = 0;
  };
  std::int64_t take(const Allowance& sim, Span span, Use& use, std::int64_t most) const;
  message::Window window_of(const std::string& category) const;
  std::optional<Stretch> next_stretch(const message::Window& window, base::Time from) const;
  Room of(const Allowance& sim, Span span) const;
  Sims sims_of(int route) const;
  std::int64_t within(const ByRoute& all, Sims set) const;
  std::set<Sims> sets_of(const Wish& wish) const;
  Room narrowest(const Wish& wish, const std::vector<Room>& rooms) const;

  calendar::Zone x_zone;
  std::map<std::string, message::Window> x_windows;
  std::vector<Route> x_routes;
  base::Time x_now;
  std::vector<Allowance> x_sims;
};

}  // namespace burstd::gateway

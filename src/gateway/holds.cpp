#include "gateway/holds.hpp"

#include <algorithm>

namespace burstd::gateway {

namespace {

bool leads_to(const Route& route, const Server& server) {
  return std::ranges::find(route.modems, server.modem) != route.modems.end();
}

// The one that stands best, of two that wait for a limit the one that goes on first.
bool is_better(const Server& one, const Server& other) {
  if (one.stand != other.stand) return one.stand > other.stand;
  return one.until && (!other.until || *one.until < *other.until);
}

// Of the modems that may take it the one that stands best decides.
Hold hold_by(const Server& best) {
  switch (best.stand) {
    case Stand::away:
      return {"no-modem"};
    case Stand::paused:
      return {"paused"};
    case Stand::spent:
      return {"quota", best.until, best.modem, best.limit};
    case Stand::serves:
      break;
  }
  return {};
}

}  // namespace

const Hold& Holds::of(const std::string& number) const {
  const auto way = std::ranges::find_if(ways, [&](const Way& each) { return number.starts_with(each.prefix); });
  return way == ways.end() ? others : way->hold;
}

Holds holds_of(const std::vector<Route>& routes, const std::vector<Server>& servers) {
  Holds holds;
  Server of_all;
  for (const Server& server : servers) of_all = is_better(server, of_all) ? server : of_all;
  holds.others = hold_by(of_all);
  for (const Route& route : routes) {
    Server best;
    for (const Server& server : servers) {
      if (leads_to(route, server) && is_better(server, best)) best = server;
    }
    holds.ways.push_back({route.prefix, hold_by(best)});
  }
  return holds;
}

}  // namespace burstd::gateway

#include "gateway/holds.hpp"

#include <algorithm>

namespace burstd::gateway {

namespace {

// Of the modems that may take it the one that stands best decides.
std::string_view hold_word(Stand best) {
  switch (best) {
    case Stand::away:
      return "no-modem";
    case Stand::paused:
      return "paused";
    case Stand::spent:
      return "quota";
    case Stand::serves:
      break;
  }
  return {};
}

bool leads_to(const Route& route, const Server& server) {
  return std::ranges::find(route.modems, server.modem) != route.modems.end();
}

}  // namespace

std::string_view Holds::of(const std::string& number) const {
  const auto way = std::ranges::find_if(ways, [&](const Way& each) { return number.starts_with(each.prefix); });
  return way == ways.end() ? others : way->held_by;
}

Holds holds_of(const std::vector<Route>& routes, const std::vector<Server>& servers) {
  Holds holds;
  Stand of_all = Stand::away;
  for (const Server& server : servers) of_all = std::max(of_all, server.stand);
  holds.others = hold_word(of_all);
  for (const Route& route : routes) {
    Stand best = Stand::away;
    for (const Server& server : servers) {
      if (leads_to(route, server)) best = std::max(best, server.stand);
    }
    holds.ways.push_back({route.prefix, hold_word(best)});
  }
  return holds;
}

}  // namespace burstd::gateway

#include "gateway/route.hpp"

#include <algorithm>

namespace burstd::gateway {

int route_of(const std::vector<Route>& routes, const std::string& number) {
  const auto fits = [&](const Route& route) { return number.starts_with(route.prefix); };
  const auto found = std::ranges::find_if(routes, fits);
  return found == routes.end() ? 0 : static_cast<int>(found - routes.begin()) + 1;
}

std::uint64_t routes_over(const std::vector<Route>& routes, const std::string& modem) {
  std::uint64_t bits = 0;
  for (std::size_t at = 0; at < routes.size(); ++at) {
    const auto& modems = routes[at].modems;
    if (std::ranges::find(modems, modem) != modems.end()) bits |= std::uint64_t{1} << (at + 1);
  }
  return bits;
}

bool leads_over(std::uint64_t routes, int route) {
  return route == 0 || (routes >> static_cast<unsigned>(route) & 1U) != 0;
}

}  // namespace burstd::gateway

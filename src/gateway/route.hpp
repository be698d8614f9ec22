// Which modems a number may go over, by the configured routes: the first whose prefix fits. Pure; a route is named by
// its place among them from 1 (0: none fits, any modem may), those of a modem by a bit for each, from bit 1.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/options.hpp"

namespace burstd::gateway {

int route_of(const std::vector<Route>& routes, const std::string& number);

std::uint64_t routes_over(const std::vector<Route>& routes, const std::string& modem);

bool leads_over(std::uint64_t routes, int route);

}  // namespace burstd::gateway

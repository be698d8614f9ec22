// The figures of the house as Prometheus reads them: which there are, by which name and in which unit. Pure but for
// what /proc says of the process. The endpoint and the daemon's tests call it; docs/grafana shows them.
#pragma once

#include <string>

#include "api/traffic.hpp"
#include "clinic/figures.hpp"

namespace burstd::api {

// Beside what the house itself knows.
struct Surroundings {
  base::Time started;
  const Traffic& traffic;
  std::size_t watchers = 0;  // of events
};

std::string metrics(const clinic::Figures& figures, const Surroundings& surroundings);

// Those of the modems alone; metrics() has them.
class Exposition;
void put_modems(Exposition& page, const std::vector<clinic::KeptModem>& modems);

}  // namespace burstd::api

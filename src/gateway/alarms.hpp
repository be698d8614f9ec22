// What is told to IT: refusals of which a receptionist reads that IT has been told. Pure, one refusal after the other:
// the first of a SIM and cause is told at once, what follows within ten minutes is counted and told with the next one.
// The dispatcher's; it writes nothing itself, and no number of a recipient comes here.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/time.hpp"
#include "modem/link.hpp"

namespace burstd::gateway {

class Alarms {
 public:
  // A line for the log; nothing: it is no such refusal, or it is only counted.
  std::optional<std::string> judge(const std::string& sim, const modem::Refused& refused, base::Steady now);

 private:
  struct Told {
    base::Steady at;
    int since = 0;  // refusals that were only counted
  };

  std::map<std::pair<std::string, std::string>, Told> x_told;  // by SIM and result
};

}  // namespace burstd::gateway

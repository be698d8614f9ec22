// Whether a SIM is still welcome in its network, by what it is told: pure, a verdict after the other. Refusals that
// blame the SIM, and a run of refusals of different recipients whatever they blame, make it rest, longer each time. The
// dispatcher's, one for each modem in service.
#pragma once

#include <optional>
#include <string>

#include "message/message.hpp"
#include "modem/link.hpp"

namespace burstd::gateway {

class Suspicion {
 public:
  struct Rest {
    std::chrono::minutes span;
    std::string sentence;  // what the network says, or seems to mean
    int refusals;
  };

  // Nothing: it goes on.
  std::optional<Rest> judge(message::Key message, const modem::Verdict& verdict);

 private:
  int x_of_the_sim = 0;  // refusals that blame it, in a row
  int x_in_a_row = 0;    // whatever they blame
  int x_rests = 0;
  message::Key x_last = 0;  // one bad recipient is not taken for a bad SIM
};

}  // namespace burstd::gateway

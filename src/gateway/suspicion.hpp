// Whether a SIM is still welcome in its network, by what it is told: pure, a verdict after the other. A run of refusals
// of different numbers makes it rest: for an hour where they are those of a SIM that is blocked, empty or not allowed
// to send, else a little, longer each time. One bad number is not taken for a bad SIM, and many of them hardly. The
// dispatcher's, one for each modem in service.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>

#include "modem/link.hpp"

namespace burstd::gateway {

class Suspicion {
 public:
  struct Rest {
    std::chrono::minutes span;
    std::string sentence;  // what the network says, or seems to mean
    int refusals;          // numbers
  };

  // Nothing: it goes on.
  std::optional<Rest> judge(const std::string& number, const modem::Verdict& verdict);

 private:
  // What is enough for a rest: refusals of the SIM, of anything, or of many a phone.
  enum class Ground : std::uint8_t { sim, run, phones };

  std::optional<Ground> ground(std::size_t needed) const;
  Rest rest(const modem::Refused& refused, Ground ground);

  std::set<std::string> x_of_the_sim;  // numbers refused in a row in the manner of a SIM that is not welcome
  std::set<std::string> x_in_a_row;    // whatever the refusals blame, but the recipient or his phone
  std::set<std::string> x_phones;      // the recipient or his phone
  int x_rests = 0;
};

}  // namespace burstd::gateway

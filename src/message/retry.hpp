// What a refusal means for a part: try again and when, give up, or admit not to know. Pure; the error tables
// that yield the Blame are in at/.
#pragma once

#include <optional>
#include <string>

#include "base/blame.hpp"
#include "base/time.hpp"
#include "message/state.hpp"

namespace burstd::message {

struct Refusal {
  base::Blame blame;
  bool before_air;  // proven: nothing left
  int tries;        // attempts made so far, this one included
  base::Time now;
  base::Time expires_at;  // of the message
};

struct Decision {
  Event event;
  std::optional<base::Time> next_attempt_at;
};

Decision decide(const Refusal& refusal);

inline constexpr int most_tries = 5;

}  // namespace burstd::message

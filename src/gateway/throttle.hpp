// How much a SIM slows down in a network that says it is congested: pure, a verdict after the other. The pause after
// each message doubles with every such refusal and is halved with every message that is taken. The dispatcher's, one
// for each modem in service.
#pragma once

#include "base/time.hpp"
#include "modem/link.hpp"

namespace burstd::gateway {

class Throttle {
 public:
  // True when it slows down because of this.
  bool judge(const modem::Verdict& verdict);

  base::Milliseconds pause() const { return x_pause; }

 private:
  base::Milliseconds x_pause{0};
};

}  // namespace burstd::gateway

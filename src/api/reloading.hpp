// What becomes of a wish to read the configuration anew. The process fulfils it (app); the endpoint only asks and
// tells.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/faults.hpp"
#include "async/task.hpp"
#include "clinic/hand.hpp"

namespace burstd::api {

struct Reloaded {
  Faults complaints;                     // any: nothing was changed
  Faults warnings;                       // by their place, as complaints are
  std::vector<std::string> taken_up;     // keys that are in force now
  std::vector<std::string> for_restart;  // keys that differ and are not
};

using Reloading = std::function<async::Task<Reloaded>(clinic::Hand)>;

}  // namespace burstd::api

// Orders to a running simulator: one line of words in, one JSON object out. control.hpp carries them, tests
// give them directly.
#pragma once

#include <boost/json.hpp>
#include <string_view>

#include "sim/bench.hpp"

namespace burstd::sim {

struct Answer {
  boost::json::object object;  // "ok": true or false; then with "code" and "error"
  bool quit = false;
};

Answer obey(Bench& bench, std::string_view line);

}  // namespace burstd::sim

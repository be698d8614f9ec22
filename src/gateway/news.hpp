// What of the gateway's own condition is worth a row of the history: pure, told what there is to see and when. A thing
// that stays as it was told is not told again, and one that keeps changing is told now and then, so that a modem with
// a loose plug cannot fill the record. Diary writes down what it says.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "store/history.hpp"

namespace burstd::gateway {

// One thing and how it is now.
struct Sight {
  std::string kind;    // "modem", "quota", "gateway"
  std::string name;    // of the modem; empty: the gateway itself
  std::string event;   // what it is called when it has changed
  std::string state;   // a word
  std::string detail;  // a sentence
  bool usual = false;  // not worth a row when it is the first that is seen of this thing
};

class News {
 public:
  static constexpr std::size_t most = 4;  // rows about one thing …
  static constexpr std::chrono::minutes in{1};

  // The rows that are due; what they say counts as told.
  std::vector<store::Change> look(const std::vector<Sight>& sights, base::Now now);

 private:
  struct Told {
    std::string state;
    std::deque<base::Steady> lately;  // when rows about it were due, oldest first
  };
  std::map<std::pair<std::string, std::string>, Told> x_told;
};

// A row about what happens once: "started", "stopped".
store::Change gateway_change(std::string event, base::Time at);

}  // namespace burstd::gateway

// Which of the queued messages are held, as a condition of SQL: what the gateway says of routes, hours and the time, so
// that a list and its pages agree with what each message shows. The state "held" is not stored. Used by the lists and
// counts of this room.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "base/time.hpp"

namespace burstd::store {

struct Held {
  base::Time now;                // send_after lies after it, or …
  std::set<std::string> closed;  // … one of these categories, unless urgent, or …
  struct Way {
    std::string prefix;
    bool held;
  };
  std::vector<Way> ways;  // … by the first that fits the number …
  bool others = false;    // … or by this where none does; or …
  bool late = false;      // … their time is over; or …
  bool all = false;       // … simply all of them
};

using Value = std::variant<std::int64_t, std::string>;

// `parameter` takes a value and returns the name that it is bound by. No index is used for it.
std::string held_condition(const Held& held, const std::function<std::string(const Value&)>& parameter);

}  // namespace burstd::store

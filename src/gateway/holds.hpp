// Why what is queued does not go now, beyond its own send_after: by the route of its number and the hours of its
// category. A value, made on the loop of how every modem stands and asked on any thread; clinic shows it with each
// message. It changes nothing and knows no clock.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/options.hpp"

namespace burstd::gateway {

// How a modem stands to what waits for it.
enum class Stand : std::uint8_t {
  away,    // not there, not able to send, or its SIM rests because the network refuses it
  paused,  // by a person
  spent,   // its SIM waits for one of its limits
  serves,
};

struct Server {
  std::string modem;
  Stand stand = Stand::away;
};

struct Holds {
  // Of the numbers that begin so, where no earlier one fits.
  struct Way {
    std::string prefix;
    std::string_view held_by;  // "no-modem", "paused" or "quota"; empty: it goes
  };
  std::vector<Way> ways;
  std::string_view others;       // the same of all other numbers
  std::set<std::string> closed;  // categories whose hours are not now

  std::string_view of(const std::string& number) const;
};

Holds holds_of(const std::vector<Route>& routes, const std::vector<Server>& servers);

}  // namespace burstd::gateway

// One order as a row of a table: its name, how it goes, what it does. Only orders*.cpp know of it; what an
// order may touch is the bench.
#pragma once

#include <boost/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/bench.hpp"

namespace burstd::sim {

using Words = std::vector<std::string_view>;  // of one line, the order's name first
using Said = base::Result<boost::json::object>;

struct Order {
  std::string_view name;
  std::string_view usage;
  std::size_t least;  // words after the name
  Said (*act)(Bench& bench, const Words& words);
};

std::span<const Order> modem_orders();    // what befalls one modem
std::span<const Order> bus_orders();      // what is plugged in where, with --bus
std::span<const Order> network_orders();  // what the network does, and the run as a whole

inline Said plain() { return boost::json::object{}; }

// Code "modem-unknown".
base::Result<Port*> port_of(Bench& bench, std::string_view name);

// Code "order-invalid".
base::Error misused(std::string sentence);
base::Result<int> order_number(std::string_view text, int most);

}  // namespace burstd::sim

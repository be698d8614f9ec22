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
std::span<const Order> card_orders();     // SIMs, and the faults that come from within a modem
std::span<const Order> kill_orders();     // at which step a process dies
std::span<const Order> network_orders();  // what the network does, and the run as a whole

inline Said plain() { return boost::json::object{}; }

// Code "modem-unknown".
base::Result<Port*> port_of(Bench& bench, std::string_view name);

// Code "order-invalid".
base::Error misused(std::string sentence);
base::Result<int> order_number(std::string_view text, int most);

// Code "modem-unknown".
base::Result<Port*> port_of(Bench& bench, std::string_view name);

boost::json::object status_of(Bench& bench, Port& port);

// One word of the order names a modem, then `act` is done to its port.
template <class Act>
Said with_port(Bench& bench, const Words& words, Act act) {
  const auto port = port_of(bench, words.at(1));
  if (!port) return port.error();
  return act(**port);
}

// The same with a number as the word after it.
template <class Act>
Said with_number(Bench& bench, const Words& words, Act act) {
  const auto value = order_number(words.at(2), 1'000'000);
  if (!value) return value.error();
  return with_port(bench, words, [&](Port& port) -> Said { return act(port, *value); });
}

}  // namespace burstd::sim

// The order that kills a daemon at a step of a modem.
#include <array>

#include "sim/order.hpp"

namespace burstd::sim {

namespace {

constexpr const char* usage = "kill PROCESS at STEP [on MODEM] [with TEXT] [number N] [after MS] [lose]";

// One option and its value; nothing: there is no such option.
base::Result<void> take(Snare& snare, std::string_view name, std::string_view value) {
  if (name == "on" || name == "with") {
    (name == "on" ? snare.modem : snare.with) = value;
    return {};
  }
  const auto number = order_number(value, 1'000'000);
  if (!number) return number.error();
  if (name == "number") {
    snare.number = *number;
  } else if (name == "after") {
    snare.after = base::Milliseconds{*number};
  } else {
    return misused("It goes: " + std::string(usage));
  }
  return {};
}

Said kill(Bench& bench, const Words& words) {
  const auto process = order_number(words.at(1), 1 << 22);
  if (!process || words.at(2) != "at") return process ? misused("It goes: " + std::string(usage)) : process.error();
  if (*process < 2) return misused("This process is not to be killed.");
  Snare snare;
  snare.process = *process;
  snare.step = words.at(3);
  snare.lose = words.back() == "lose";
  const std::size_t end = words.size() - (snare.lose ? 1 : 0);
  for (std::size_t at = 4; at < end; at += 2) {
    if (at + 1 == end) return misused("It goes: " + std::string(usage));
    const auto taken = take(snare, words.at(at), words.at(at + 1));
    if (!taken) return taken.error();
  }
  bench.ambush().lay(std::move(snare));
  return plain();
}

Said spare(Bench& bench, const Words&) {
  bench.ambush().lift();
  return plain();
}

constexpr std::array orders_to_kill{
    Order{"kill", usage, 3, kill},
    Order{"spare", "spare", 0, spare},
};

}  // namespace

std::span<const Order> kill_orders() { return orders_to_kill; }

}  // namespace burstd::sim

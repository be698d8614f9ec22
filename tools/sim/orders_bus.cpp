// Orders about the pretended USB bus: which socket a modem is in, what it is there, what else is plugged in.
#include <array>
#include <utility>

#include "sim/order.hpp"

namespace burstd::sim {

namespace {

base::Result<UsbBus*> bus_of(Bench& bench) {
  if (bench.bus() != nullptr) return bench.bus();
  return base::Error{base::Fault::refused, "no-bus", "There is no bus; start the simulator with --bus."};
}

Said outcome(const base::Result<void>& result) {
  if (!result) return result.error();
  return plain();
}

Said move_modem(Bench& bench, const Words& words) {
  const auto bus = bus_of(bench);
  if (!bus) return bus.error();
  const auto port = port_of(bench, words.at(1));
  if (!port) return port.error();
  const std::string modem(words.at(1));
  const std::string socket(words.at(2));
  const auto admitted = (*bus)->admit(socket, modem);
  if (!admitted) return admitted.error();
  (*port)->unplug(false);
  (*bus)->set_socket(modem, socket);
  return outcome((*port)->plug());
}

Said usb_id(Bench& bench, const Words& words) {
  const auto bus = bus_of(bench);
  if (!bus) return bus.error();
  const auto port = port_of(bench, words.at(1));
  if (!port) return port.error();
  return outcome((*bus)->set_id(std::string(words.at(1)), std::string(words.at(2))));
}

Said ghost(Bench& bench, const Words& words) {
  const auto bus = bus_of(bench);
  if (!bus) return bus.error();
  const auto socket = (*bus)->add_ghost(std::string(words.at(1)), words.size() > 2 ? std::string(words[2]) : "");
  if (!socket) return socket.error();
  boost::json::object said;
  said["socket"] = *socket;
  return said;
}

Said unghost(Bench& bench, const Words& words) {
  const auto bus = bus_of(bench);
  if (!bus) return bus.error();
  return outcome((*bus)->remove_ghost(std::string(words.at(1))));
}

Said shift(Bench& bench, const Words& words) {
  const auto bus = bus_of(bench);
  if (!bus) return bus.error();
  const auto numbers = order_number(words.at(1), 1000);
  if (!numbers) return numbers.error();
  (*bus)->shift(*numbers);
  return plain();
}

constexpr std::array orders_to_bus{
    Order{"move", "move MODEM SOCKET", 2, move_modem},  Order{"usb-id", "usb-id MODEM VID:PID", 2, usb_id},
    Order{"ghost", "ghost VID:PID [SOCKET]", 1, ghost}, Order{"unghost", "unghost SOCKET", 1, unghost},
    Order{"shift", "shift NUMBERS", 1, shift},
};

}  // namespace

std::span<const Order> bus_orders() { return orders_to_bus; }

}  // namespace burstd::sim

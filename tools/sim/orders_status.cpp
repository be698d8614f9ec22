// What the order "status" says of one modem.
#include <array>

#include "sim/order.hpp"

namespace burstd::sim {

namespace {

boost::json::object memories_of(Modem& modem) {
  boost::json::object memories;
  for (const auto& [name, memory] : modem.routing().memories()) {
    memories[name] = {{"used", memory.used()}, {"total", memory.capacity()}};
  }
  return memories;
}

boost::json::object card_of(const Modem& modem) {
  boost::json::object card;
  card["state"] = lock_name(modem.sim.lock);
  card["pin"] = !modem.card().pin.empty();
  card["pin_tries"] = modem.card().tries;
  card["puk_tries"] = modem.card().puk_tries;
  card["centre"] = modem.card().centre;
  return card;
}

boost::json::object faults_of(const Modem& modem) {
  constexpr std::array<const char*, 3> wedges{"none", "soft", "hard"};
  boost::json::object faults;
  faults["wedged"] = wedges.at(static_cast<std::size_t>(modem.wedged()));
  faults["deaf"] = modem.deaf();
  faults["eats_reports"] = modem.faults.eat_reports;
  return faults;
}

}  // namespace

boost::json::object status_of(Bench& bench, Port& port) {
  constexpr std::array<const char*, 6> states{"command", "thinking", "waking", "prompt", "air", "booting"};
  Modem& modem = port.modem();
  boost::json::object one;
  one["name"] = modem.identity().name;
  one["link"] = port.link();
  if (const UsbBus* bus = bench.bus(); bus != nullptr) {
    one["socket"] = bus->socket_of(modem.identity().name);
    one["device"] = bus->node_of(modem.identity().name);
  }
  one["imei"] = modem.identity().imei;
  one["imsi"] = modem.identity().imsi;
  one["iccid"] = modem.identity().iccid;
  one["operator"] = modem.identity().operator_name;
  one["plugged"] = port.plugged();
  one["open"] = port.open();
  one["hung"] = modem.terminal().hung;
  one["state"] = states.at(static_cast<std::size_t>(modem.state()));
  one["registration"] = modem.registration();
  one["next_mr"] = modem.next_reference();
  one["submitted"] = modem.submitted();
  one["profile"] = modem.stage().profile.name;
  one["sim"] = card_of(modem);
  one["memories"] = memories_of(modem);
  one["faults"] = faults_of(modem);
  one["routes_reports"] = modem.routing().indications().ds != 0;
  return one;
}

}  // namespace burstd::sim

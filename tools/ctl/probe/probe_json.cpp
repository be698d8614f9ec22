#include "ctl/probe/probe_json.hpp"

#include <boost/json/array.hpp>

#include "ctl/probe/probe_report.hpp"

namespace burstd::ctl {

namespace {

namespace json = boost::json;

constexpr std::size_t long_number = 15;  // IMSI, ICCID

// Every long number in a line, but the IMEI.
std::string with_masks(const std::string& line, const modem::Identity& identity, bool full) {
  std::string out, digits;
  const auto flush = [&] {
    const bool of_the_card = digits == identity.imsi || digits == identity.iccid;
    const bool secret = of_the_card || (digits.size() >= long_number && digits != identity.imei);
    out += secret ? last_digits(digits, full) : digits;
    digits.clear();
  };
  for (const char letter : line) {
    if (letter >= '0' && letter <= '9') {
      digits += letter;
      continue;
    }
    flush();
    out += letter;
  }
  flush();
  return out;
}

json::value or_null(const std::optional<int>& number) { return number ? json::value(*number) : json::value(); }

json::object one(const serial::Candidate& port) {
  json::object out;
  out["port"] = port.path;
  out["interface"] = port.usb->interface;
  out["function"] = port.usb->function;
  return out;
}

json::object identity_json(const modem::Identity& identity, bool full) {
  json::object out;
  out["manufacturer"] = identity.manufacturer;
  out["model"] = identity.model;
  out["revision"] = identity.revision;
  out["imei"] = identity.imei;
  out["sim"] = last_digits(identity.iccid, full);
  out["imsi"] = last_digits(identity.imsi, full);
  return out;
}

json::value usb_json(const Place& place) {
  if (!place.usb) return nullptr;
  json::array others;
  for (const serial::Candidate& other : place.others) others.push_back(one(other));
  json::object out;
  out["id"] = place.usb->id;
  out["serial"] = place.usb->serial;
  out["socket"] = place.usb->socket;
  out["interface"] = place.usb->interface;
  out["function"] = place.usb->function;
  out["maker"] = place.usb->maker;
  out["product"] = place.usb->product;
  out["other_ports"] = std::move(others);
  return out;
}

json::object sim_json(const SimState& sim) {
  json::array counters;
  for (const auto& [counter, tries] : sim.own_tries) {
    json::object entry;
    entry["command"] = counter.command;
    entry["tries"] = tries;
    counters.push_back(std::move(entry));
  }
  json::object out;
  out["state"] = sim.told;
  out["ready"] = sim.lock == at::SimLock::ready;
  out["pin_tries_left"] = or_null(sim.standard_tries);
  out["pin_counters"] = std::move(counters);
  return out;
}

json::object network_json(const Network& network) {
  json::object out;
  out["creg"] = or_null(network.creg);
  out["cgreg"] = or_null(network.cgreg);
  out["cereg"] = or_null(network.cereg);
  out["signal"] = or_null(network.signal);
  out["operator"] = network.operator_name;
  out["service_centre"] = network.service_centre;
  return out;
}

json::array routes_json(const Messaging& messaging) {
  json::array out;
  for (const RouteTry& tried : messaging.routes) {
    json::object entry;
    entry["route"] = tried.route;
    entry["offered"] = tried.offered;
    entry["accepted"] = tried.accepted;
    entry["read_back"] = tried.exact;
    entry["reads"] = tried.reads;
    entry["result"] = tried.result;
    out.push_back(std::move(entry));
  }
  return out;
}

json::array memories_json(const Messaging& messaging) {
  json::array out;
  for (const MemoryLook& look : messaging.memories) {
    json::object entry;
    entry["name"] = look.use.name;
    entry["used"] = look.use.used;
    entry["total"] = look.use.total;
    entry["took_ms"] = look.took.count();
    out.push_back(std::move(entry));
  }
  return out;
}

json::object messaging_json(const Messaging& messaging) {
  json::array ways;
  for (const std::string& way : report_ways(messaging)) ways.emplace_back(way);
  json::object out;
  out["pdu_mode"] = messaging.pdu_mode;
  out["report_ways"] = std::move(ways);
  out["routes_offered"] = messaging.routes_offered;
  out["route_before"] = messaging.route_before;
  out["routes"] = routes_json(messaging);
  out["services_offered"] = messaging.services_offered;
  out["service_before"] = or_null(messaging.service_before);
  out["takes_service_0"] = messaging.takes_service_0;
  out["takes_service_1"] = messaging.takes_service_1;
  out["knows_acknowledgement"] = messaging.knows_acknowledgement;
  out["acknowledgement"] = messaging.acknowledgement;
  out["memories_offered"] = messaging.memories_offered;
  out["memories_before"] = messaging.memories_before;
  out["memories"] = memories_json(messaging);
  out["more_to_send"] = messaging.more_to_send;
  out["service_codes"] = messaging.service_codes;
  return out;
}

json::object heard_json(const Overheard& heard) {
  json::array lines;
  for (const HeardLine& line : heard.lines) {
    json::object entry;
    entry["beginning"] = line.beginning;
    entry["times"] = line.times;
    lines.push_back(std::move(entry));
  }
  json::object out;
  out["listened_s"] = heard.listened_s;
  out["lines"] = std::move(lines);
  out["reports"] = heard.reports;
  out["messages"] = heard.messages;
  return out;
}

json::array exchanges_json(const Findings& found, bool full) {
  json::array out;
  for (const Exchange& each : found.exchanges) {
    json::array lines;
    for (const std::string& line : each.lines) lines.emplace_back(with_masks(line, found.identity, full));
    json::object entry;
    entry["command"] = each.command;
    entry["lines"] = std::move(lines);
    entry["result"] = each.result;
    entry["took_ms"] = each.took.count();
    out.push_back(std::move(entry));
  }
  return out;
}

}  // namespace

json::object probe_to_json(const Findings& found, bool full) {
  json::array left;
  for (const std::string& each : found.not_put_back) left.emplace_back(each);
  json::object out;
  out["port"] = found.port;
  out["answered"] = found.answered;
  out["interrupted"] = found.interrupted;
  out["code"] = found.fault;
  out["sentence"] = found.trouble;
  out["usb"] = usb_json(found.place);
  if (!found.answered) return out;
  out["identity"] = identity_json(found.identity, full);
  out["driver"] = found.recognition.driver.name;
  out["driver_reason"] = found.recognition.reason;
  out["sim"] = sim_json(found.sim);
  out["network"] = network_json(found.network);
  out["messaging"] = messaging_json(found.messaging);
  out["heard"] = heard_json(found.overheard);
  out["not_put_back"] = std::move(left);
  out["exchanges"] = exchanges_json(found, full);
  return out;
}

}  // namespace burstd::ctl

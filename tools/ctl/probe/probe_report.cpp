#include "ctl/probe/probe_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ctl/probe/probe_draft.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {

namespace {

constexpr std::size_t shown_digits = 4;

std::string told(const std::string& text) { return text.empty() ? "not told" : printable(text); }

std::string line_of(const char* what, const std::string& words) { return fmt::format("  {:<18}{}\n", what, words); }

std::string registration_words(const char* command, std::optional<int> stat) {
  if (!stat) return fmt::format("{} not told", command);
  const char* means = at::can_send(*stat) ? "registered"
                      : *stat == 2        ? "searching"
                      : *stat == 3        ? "refused"
                                          : "not registered";
  return fmt::format("{} {} ({})", command, *stat, means);
}

std::string device_part(const Findings& found, bool full) {
  const modem::Identity& identity = found.identity;
  std::string out = "The modem\n";
  out += line_of("Maker", told(identity.manufacturer)) + line_of("Model", told(identity.model)) +
         line_of("Revision", told(identity.revision)) + line_of("IMEI", told(identity.imei));
  if (const auto& usb = found.place.usb) {
    out += line_of("USB", fmt::format("{}, socket {}, interface {} (class {}) {}", usb->id, usb->socket, usb->interface,
                                      usb->function, printable(usb->maker + " " + usb->product)));
    for (const auto& other : found.place.others) {
      out += line_of("Other port", fmt::format("{}, interface {} (class {})", printable(other.path),
                                               other.usb->interface, other.usb->function));
    }
  } else {
    out += line_of("USB", "not on the USB bus");
  }
  out += line_of("Driver", fmt::format("{}: {}", found.recognition.driver.name, printable(found.recognition.reason)));
  return out + line_of("SIM card", told(last_digits(identity.iccid, full))) +
         line_of("Subscriber (IMSI)", told(last_digits(identity.imsi, full)));
}

std::string sim_part(const SimState& sim) {
  const char* means = sim.lock == at::SimLock::ready ? "ready, or without a PIN"
                      : sim.lock == at::SimLock::pin ? "it waits for its PIN; none was typed"
                      : sim.lock == at::SimLock::puk ? "locked; it waits for its PUK"
                                                     : "not ready";
  std::string out = "\nSIM and network\n" + line_of("SIM", fmt::format("{} ({})", printable(sim.told), means));
  for (const auto& [counter, tries] : sim.own_tries) {
    out += line_of("PIN tries left", fmt::format("{} (by {})", tries, counter.command));
  }
  if (sim.standard_tries) out += line_of("PIN tries left", fmt::format("{} (by AT+CPINR)", *sim.standard_tries));
  if (sim.own_tries.empty() && !sim.standard_tries) out += line_of("PIN tries left", "not told");
  return out;
}

std::string network_part(const Network& network) {
  std::string out = line_of("Registered", registration_words("CREG", network.creg) + ", " +
                                              registration_words("CGREG", network.cgreg) + ", " +
                                              registration_words("CEREG", network.cereg));
  out += line_of("Signal", network.signal ? fmt::format("{} of 31", *network.signal) : "not known");
  return out + line_of("Operator", told(network.operator_name)) +
         line_of("Message centre", told(network.service_centre));
}

std::string route_words(const RouteTry& tried) {
  if (!tried.accepted) return tried.result == "not offered" ? "not offered" : "refused: " + printable(tried.result);
  if (tried.exact) return "accepted, and read back";
  return "accepted, but reads back " + (tried.reads.empty() ? "nothing" : printable(tried.reads));
}

std::string messaging_part(const Messaging& messaging) {
  std::string out =
      "\nMessages\n" + line_of("PDU mode", messaging.pdu_mode ? "yes" : "no: burstd cannot use this port");
  for (const std::string& way : report_ways(messaging)) out += line_of("Delivery reports", way);
  out += line_of("AT+CNMI=?", told(messaging.routes_offered)) + line_of("AT+CNMI before", told(messaging.route_before));
  for (const RouteTry& tried : messaging.routes) out += line_of(("  " + tried.route).c_str(), route_words(tried));
  const std::string before = messaging.service_before ? std::to_string(*messaging.service_before)
                                                      : std::string("not told, so nothing was tried");
  out += line_of("AT+CSMS",
                 fmt::format("offers {}; was {}; takes 0: {}, 1: {}", told(messaging.services_offered), before,
                             messaging.takes_service_0 ? "yes" : "no", messaging.takes_service_1 ? "yes" : "no"));
  const std::string tried = messaging.acknowledgement.empty() ? "not tried" : printable(messaging.acknowledgement);
  out += line_of("AT+CNMA", fmt::format("{}; with nothing to acknowledge: {}",
                                        messaging.knows_acknowledgement ? "known" : "not known", tried));
  out += line_of("AT+CPMS=?", told(messaging.memories_offered)) +
         line_of("AT+CPMS before", messaging.memories_before.empty() ? "not told, so nothing was tried"
                                                                     : printable(messaging.memories_before));
  for (const MemoryLook& look : messaging.memories) {
    out += line_of(
        ("  " + printable(look.use.name)).c_str(),
        fmt::format("{} of {} places used; the look took {} ms", look.use.used, look.use.total, look.took.count()));
  }
  return out + line_of("AT+CMMS=?", told(messaging.more_to_send)) + line_of("AT+CUSD=?", told(messaging.service_codes));
}

std::string times_part_of_report(const Findings& found) {
  std::vector<base::Milliseconds> times;
  for (const Exchange& each : found.exchanges) {
    if (!each.result.starts_with("no ")) times.push_back(each.took);
  }
  const Exchange* slowest = slowest_of(found);
  if (times.empty() || slowest == nullptr) return {};
  std::ranges::sort(times);
  std::string out = "\nAnswer times\n";
  out += line_of("Usual",
                 fmt::format("{} ms, over {} questions", times[times.size() / 2].count(), found.exchanges.size()));
  out += line_of("Slowest", fmt::format("{} ms, {}", slowest->took.count(), printable(slowest->command)));
  for (const Exchange& each : found.exchanges) {
    if (each.result == "no answer" || each.result == "no OK")
      out += line_of(each.result.c_str(), printable(each.command));
  }
  const auto seconds = fitting_timeout_s(found);
  return out + line_of("command_timeout",
                       seconds ? fmt::format("{} s, twice the slowest", *seconds) : "the usual 10 s are enough");
}

std::string heard_part(const Overheard& heard) {
  std::string out = fmt::format("\nHeard unasked, while it was asked and in {} s of listening\n", heard.listened_s);
  for (const HeardLine& line : heard.lines) {
    out += line_of(printable(line.beginning).c_str(), line.times == 1 ? "once" : fmt::format("{} times", line.times));
  }
  if (heard.lines.empty()) out += line_of("nothing", "");
  if (heard.reports > 0)
    out += line_of("Delivery reports", fmt::format("{} came meanwhile; what they said was not kept", heard.reports));
  if (heard.messages > 0) out += line_of("Messages", fmt::format("{} came meanwhile", heard.messages));
  return out;
}

std::string end_part(const Findings& found) {
  std::string out = "\n";
  if (found.interrupted) out += "Ended by Ctrl-C; not everything was asked, and no driver was drafted.\n";
  if (!found.trouble.empty())
    out += "It did not answer to the end, and no driver was drafted: " + printable(found.trouble) + "\n";
  if (found.not_put_back.empty()) return out + "What was changed has been put back.\n";
  out += "NOT put back, because the modem did not take it or did not answer:\n";
  for (const std::string& each : found.not_put_back) out += "  " + printable(each) + "\n";
  return out + "Unplug the modem and plug it in again.\n";
}

}  // namespace

std::string last_digits(const std::string& number, bool full) {
  if (full || number.size() <= shown_digits) return number;
  return "…" + number.substr(number.size() - shown_digits);
}

std::vector<std::string> report_ways(const Messaging& messaging) {
  if (messaging.routes.empty()) return {"not known: the modem does not tell its present setting, so nothing was tried"};
  const auto first_of = [&](int kind) {
    return std::ranges::find_if(messaging.routes, [&](const RouteTry& tried) {
      return tried.accepted && at::report_kind(tried.route) == kind && at::same_reports(tried.route, tried.reads);
    });
  };
  std::vector<std::string> ways;
  if (const auto direct = first_of(1); direct != messaging.routes.end())
    ways.push_back("direct: the setting is accepted, " + direct->route);
  if (const auto stored = first_of(2); stored != messaging.routes.end())
    ways.push_back("stored: the setting is accepted, " + stored->route);
  if (ways.empty()) ways.emplace_back("none: no setting that gives reports is accepted");
  return ways;
}

std::string report_of(const Findings& found, bool full) {
  if (!found.answered) return printable(found.trouble) + "\n";
  return "Port " + printable(found.port) + " answers to AT.\n\n" + device_part(found, full) + sim_part(found.sim) +
         network_part(found.network) + messaging_part(found.messaging) + times_part_of_report(found) +
         heard_part(found.overheard) + end_part(found);
}

}  // namespace burstd::ctl

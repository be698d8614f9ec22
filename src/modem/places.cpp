#include "modem/places.hpp"

#include <algorithm>

namespace burstd::modem {

namespace {

constexpr std::size_t imei_digits = 14;  // TAC and serial number; what follows is a check digit or a software version
constexpr std::size_t name_digits = 6;

Fit by_imei(const Wanted& wanted, const Found& found) {
  if (wanted.imei.empty()) return Fit::yes;
  if (found.identity.imei.empty()) return Fit::unknown;
  return same_imei(wanted.imei, found.identity.imei) ? Fit::yes : Fit::no;
}

bool is_card(const std::string& sim, const Identity& identity) { return sim == identity.iccid || sim == identity.imsi; }

Fit by_sim(const Wanted& wanted, const Found& found) {
  const Identity& identity = found.identity;
  if (wanted.sim.empty() || is_card(wanted.sim, identity)) return Fit::yes;
  if (!identity.iccid.empty() && !identity.imsi.empty()) return Fit::no;
  const bool iccid = wanted.sim.rfind("89", 0) == 0 && wanted.sim.size() > 15;
  if (!(iccid ? identity.iccid : identity.imsi).empty()) return Fit::no;
  const Identity& last = wanted.last;
  const bool same_iccid = identity.iccid.empty() || last.iccid.empty() || identity.iccid == last.iccid;
  const bool remembered = is_card(wanted.sim, last) && same_imei(last.imei, identity.imei) && same_iccid;
  return remembered ? Fit::yes : Fit::unknown;
}

Fit by_usb(const Wanted& wanted, const Found& found) {
  const std::string& usb = wanted.usb;
  const bool fits = usb.empty() || usb == found.usb || usb == found.socket || usb == found.usb + ":" + found.serial;
  return fits ? Fit::yes : Fit::no;
}

// The one that went by the name last, among several that fit.
bool is_last(const Wanted& wanted, const Found& found) {
  const Identity &last = wanted.last, &now = found.identity;
  const bool same_card = !last.iccid.empty() ? last.iccid == now.iccid : !last.imsi.empty() && last.imsi == now.imsi;
  return same_card && same_imei(last.imei, now.imei);
}

std::string ports_in(const std::vector<Found*>& several) {
  std::string ports;
  for (const Found* found : several) ports += (ports.empty() ? "" : ", ") + found->port;
  return ports;
}

void give(const Wanted& wanted, std::vector<Found*> fitting) {
  if (fitting.size() > 1) {
    std::vector<Found*> known;
    std::copy_if(fitting.begin(), fitting.end(), std::back_inserter(known),
                 [&](const Found* found) { return is_last(wanted, *found); });
    if (known.size() == 1) fitting = known;
  }
  if (fitting.size() == 1) {
    fitting.front()->name = wanted.name;
    fitting.front()->sentence.clear();
    return;
  }
  for (Found* found : fitting) {
    found->sentence = "Several modems fit what is said of modem " + wanted.name + " (" + description(wanted) +
                      "): " + ports_in(fitting) +
                      ". None is used. Say more about it in the configuration: its SIM (`sim`) or "
                      "the USB socket it is plugged into (`usb`).";
  }
}

// Those that may be given the name; none when it is taken.
std::vector<Found*> without_name(std::vector<Found>& found, const Wanted& wanted) {
  std::vector<Found*> fitting;
  for (Found& each : found) {
    if (each.name == wanted.name) return {};
    if (each.name.empty() && fit(wanted, each) == Fit::yes) fitting.push_back(&each);
  }
  return fitting;
}

std::ptrdiff_t count_named(const std::vector<Found>& found) {
  return std::count_if(found.begin(), found.end(), [](const Found& each) { return !each.name.empty(); });
}

std::string uninvited(const Found& found, const std::vector<Wanted>& wanted) {
  for (const Wanted& each : wanted) {
    const Fit how = fit(each, found);
    if (how == Fit::yes)
      return "It fits modem " + each.name + " (" + description(each) +
             "), too, which another one is already. Name each by its SIM or its USB socket.";
    if (how == Fit::unknown)
      return "It may be modem " + each.name + " (" + description(each) +
             "), but does not tell enough of itself yet. It is asked again. If its SIM is locked, name it by its IMEI "
             "as well.";
  }
  const std::string use =
      "No modem of the configuration is meant by it. To use it, name it there (imei: \"" + found.identity.imei + "\")";
  return use + (wanted.empty() ? "." : ", or put it in the place of another one with `burstctl modem replace NAME`.");
}

}  // namespace

bool same_imei(const std::string& left, const std::string& right) {
  if (left.size() < imei_digits || right.size() < imei_digits) return !left.empty() && left == right;
  return left.compare(0, imei_digits, right, 0, imei_digits) == 0;
}

Fit fit(const Wanted& wanted, const Found& found) {
  const Fit fits[] = {by_usb(wanted, found), by_imei(wanted, found), by_sim(wanted, found)};
  return *std::min_element(std::begin(fits), std::end(fits));
}

std::vector<Found> placed(std::vector<Found> found, const std::vector<Wanted>& wanted) {
  for (Found& each : found) {
    const auto holder =
        std::find_if(wanted.begin(), wanted.end(), [&](const Wanted& one) { return one.name == each.name; });
    if (holder == wanted.end() || fit(*holder, each) == Fit::no) each.name.clear();
    each.sentence.clear();
  }
  // A name that is given may tell those that are left apart.
  std::ptrdiff_t before = 0;
  do {
    before = count_named(found);
    for (const Wanted& one : wanted) give(one, without_name(found, one));
  } while (count_named(found) != before);
  for (Found& each : found) {
    if (each.name.empty() && each.sentence.empty()) each.sentence = uninvited(each, wanted);
  }
  return found;
}

std::string description(const Wanted& wanted) {
  std::string words;
  const auto add = [&](const char* what, const std::string& value) {
    if (!value.empty()) words += (words.empty() ? "" : ", ") + std::string(what) + value;
  };
  add("IMEI ", wanted.imei);
  add("SIM ", wanted.sim);
  add("USB ", wanted.usb);
  return words;
}

std::string own_name(const Identity& identity) {
  const std::string& digits = identity.imei.empty() ? identity.iccid : identity.imei;
  const std::size_t length = std::min(name_digits, digits.size());
  return (identity.imei.empty() ? "sim-" : "imei-") + digits.substr(digits.size() - length);
}

}  // namespace burstd::modem

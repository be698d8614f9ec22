#include "ctl/probe/probe_device.hpp"

#include <fmt/format.h>

#include "modem/recognise.hpp"

namespace burstd::ctl {

namespace {

constexpr const char* fall_back = "generic";

// Where the answers decide, nothing else is looked at.
std::string why(const std::vector<modem::Driver>& drivers, const modem::Identity& identity, const std::string& usb) {
  if (modem::recognise(drivers, {}, identity).name != fall_back)
    return fmt::format("it calls itself \"{}\", model \"{}\"", identity.manufacturer, identity.model);
  if (modem::by_usb(drivers, usb) != nullptr) return fmt::format("its USB identity is {}", usb);
  return "no driver knows its maker and model, nor its USB identity";
}

}  // namespace

Place place_of(const std::string& port, const serial::Folders& folders) {
  Place place;
  const auto here = serial::candidate_at(folders, port);
  if (!here || !here->usb) return place;
  place.usb = here->usb;
  for (serial::Candidate& other : serial::candidates(folders)) {
    const bool same_device = other.usb && other.usb->socket == here->usb->socket;
    if (same_device && other.path != here->path) place.others.push_back(std::move(other));
  }
  return place;
}

Recognition recognition_of(const std::vector<modem::Driver>& drivers, const modem::Identity& identity,
                           const std::string& usb) {
  return Recognition{modem::recognise(drivers, {}, identity, usb), why(drivers, identity, usb)};
}

}  // namespace burstd::ctl

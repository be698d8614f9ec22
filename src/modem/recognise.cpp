#include "modem/recognise.hpp"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace burstd::modem {

namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return text;
}

const Driver* named(const std::vector<Driver>& drivers, const std::string& name) {
  const auto found =
      std::find_if(drivers.begin(), drivers.end(), [&](const Driver& driver) { return driver.name == name; });
  return found == drivers.end() ? nullptr : &*found;
}

bool makes(const Driver& driver, const Identity& identity) {
  const std::string maker = lower(identity.manufacturer);
  return std::any_of(driver.manufacturers.begin(), driver.manufacturers.end(),
                     [&](const std::string& each) { return maker.find(lower(each)) != std::string::npos; });
}

bool knows(const Driver& driver, const Identity& identity) {
  const std::string model = lower(identity.model);
  return std::any_of(driver.models.begin(), driver.models.end(),
                     [&](const std::string& each) { return model.rfind(lower(each), 0) == 0; });
}

const UsbPorts* listed(const Driver& driver, const std::string& id) {
  const auto found =
      std::find_if(driver.usb.begin(), driver.usb.end(), [&](const UsbPorts& ports) { return lower(ports.id) == id; });
  return found == driver.usb.end() ? nullptr : &*found;
}

const Driver* lists(const std::vector<Driver>& drivers, const std::string& id) {
  const auto found =
      std::find_if(drivers.begin(), drivers.end(), [&](const Driver& driver) { return listed(driver, id) != nullptr; });
  return found == drivers.end() ? nullptr : &*found;
}

std::string vendor_of(const std::string& id) { return id.substr(0, id.find(':')); }

// The maker's driver by the answers alone.
const Driver* by_answers(const std::vector<Driver>& drivers, const Identity& identity) {
  const Driver* of_the_maker = nullptr;
  for (const Driver& driver : drivers) {
    if (!makes(driver, identity)) continue;
    if (knows(driver, identity)) return &driver;
    if (driver.models.empty() && of_the_maker == nullptr) of_the_maker = &driver;
  }
  return of_the_maker;
}

bool is_one(const OtherForm& form, const std::string& product) {
  return std::any_of(form.ids.begin(), form.ids.end(), [&](const std::string& id) { return lower(id) == product; });
}

bool is_it(const UsbInterface& interface, const std::string& port) {
  return lower(interface.number) == port || lower(interface.function) == port;
}

}  // namespace

Driver first_driver(const std::vector<Driver>& drivers, const std::string& wanted) {
  if (const Driver* driver = named(drivers, wanted)) return *driver;
  const Driver* generic = named(drivers, "generic");
  return generic != nullptr ? *generic : Driver{};
}

Driver recognise(const std::vector<Driver>& drivers, const std::string& wanted, const Identity& identity,
                 const std::string& usb) {
  if (const Driver* driver = named(drivers, wanted)) return *driver;
  if (const Driver* driver = by_answers(drivers, identity)) return *driver;
  if (const Driver* driver = by_usb(drivers, usb)) return *driver;
  return first_driver(drivers, "generic");
}

const Driver* by_usb(const std::vector<Driver>& drivers, const std::string& id) {
  const std::string product = lower(id);
  const Driver* driver = lists(drivers, product);
  return driver != nullptr ? driver : lists(drivers, vendor_of(product));
}

const UsbPorts* ports_of(const Driver& driver, const std::string& id) {
  const std::string product = lower(id);
  const UsbPorts* ports = listed(driver, product);
  return ports != nullptr ? ports : listed(driver, vendor_of(product));
}

std::vector<std::size_t> port_order(const UsbPorts& ports, const std::vector<UsbInterface>& interfaces) {
  std::vector<std::size_t> waiting(interfaces.size());
  std::iota(waiting.begin(), waiting.end(), std::size_t{0});
  std::stable_sort(waiting.begin(), waiting.end(), [&](std::size_t one, std::size_t other) {
    return lower(interfaces[one].number) < lower(interfaces[other].number);
  });
  auto listed_so_far = waiting.begin();
  for (const std::string& port : ports.ports) {
    listed_so_far = std::stable_partition(listed_so_far, waiting.end(),
                                          [&](std::size_t each) { return is_it(interfaces[each], lower(port)); });
  }
  return waiting;
}

std::optional<std::string> other_form(const std::vector<Driver>& drivers, const std::string& id) {
  const std::string product = lower(id);
  for (const Driver& driver : drivers) {
    const auto form = std::find_if(driver.other_forms.begin(), driver.other_forms.end(),
                                   [&](const OtherForm& each) { return is_one(each, product); });
    if (form != driver.other_forms.end()) return form->sentence;
  }
  return std::nullopt;
}

}  // namespace burstd::modem

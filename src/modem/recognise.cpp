#include "modem/recognise.hpp"

#include <algorithm>
#include <cctype>

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

}  // namespace

Driver first_driver(const std::vector<Driver>& drivers, const std::string& wanted) {
  if (const Driver* driver = named(drivers, wanted)) return *driver;
  const Driver* generic = named(drivers, "generic");
  return generic != nullptr ? *generic : Driver{};
}

Driver recognise(const std::vector<Driver>& drivers, const std::string& wanted, const Identity& identity) {
  if (const Driver* driver = named(drivers, wanted)) return *driver;
  const Driver* of_the_maker = nullptr;
  for (const Driver& driver : drivers) {
    if (!makes(driver, identity)) continue;
    if (knows(driver, identity)) return driver;
    if (driver.models.empty() && of_the_maker == nullptr) of_the_maker = &driver;
  }
  return of_the_maker != nullptr ? *of_the_maker : first_driver(drivers, "generic");
}

}  // namespace burstd::modem

#include "config/loader.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "config/document.hpp"
#include "config/drivers.hpp"
#include "config/sections.hpp"
#include "config/words.hpp"

namespace burstd::config {

namespace {

std::vector<modem::Driver> drivers_of(const DriverFolders& folders, std::vector<Complaint>& complaints) {
  auto installed = load_drivers(folders.installed, complaints);
  std::error_code ignored;
  if (!std::filesystem::exists(folders.local, ignored)) return installed;
  return merged(std::move(installed), load_drivers(folders.local, complaints));
}

struct Sign {
  const char* key;
  std::string modem::Options::*value;
};

constexpr std::array signs{Sign{"port", &modem::Options::port}, Sign{"imei", &modem::Options::imei},
                           Sign{"sim", &modem::Options::sim}, Sign{"usb", &modem::Options::usb}};

// What no two modems may have alike; nothing where it may be: two of a product are told apart by what else is said.
std::string unlike(const modem::Options& modem, const Sign& sign) {
  const std::string& value = modem.*sign.value;
  const bool is_product = value.size() == 9 && value[4] == ':';
  if (sign.value == &modem::Options::usb && is_product) {
    return modem.port.empty() && modem.imei.empty() && modem.sim.empty() ? value : "";
  }
  return sign.value == &modem::Options::imei ? value.substr(0, 14) : value;
}

// The items of "modems" that are groups of keys: one for each of Config::modems, sound or not.
std::vector<YAML::Node> groups_of(const YAML::Node& list) {
  std::vector<YAML::Node> out;
  for (const auto& item : list) {
    if (!item.IsScalar() || item.Scalar() != "all") out.push_back(item);
  }
  return out;
}

void check_drivers(const std::vector<YAML::Node>& items, const Config& config, Notes& notes) {
  std::vector<std::string_view> names{"generic"};
  for (const auto& driver : config.drivers) names.push_back(driver.name);
  for (std::size_t i = 0; i < config.modems.size(); ++i) {
    const std::string& driver = config.modems[i].driver;
    if (driver.empty() || std::ranges::find(names, driver) != names.end()) continue;
    Slot("driver", items[i]["driver"], notes)
        .complain("there is no driver \"" + driver + "\"" + did_you_mean(driver, names));
  }
}

void check_sign(const Sign& sign, const std::vector<YAML::Node>& items, const Config& config, Notes& notes) {
  std::map<std::string, std::string> owners;
  for (std::size_t i = 0; i < config.modems.size(); ++i) {
    const auto& modem = config.modems[i];
    const auto [owner, is_first] = owners.try_emplace(unlike(modem, sign), modem.name);
    if (is_first || owner->first.empty()) continue;
    Slot(sign.key, items[i][sign.key], notes)
        .complain("\"" + modem.*sign.value + "\" is already the " + sign.key + " of \"" + owner->second + "\"");
  }
}

}  // namespace

Loaded load(const std::filesystem::path& file) {
  Loaded loaded;
  const auto document = read_document(file, loaded.complaints);
  if (!document) return loaded;
  Notes notes(file.string(), loaded.complaints);
  configuration().read(Slot("", *document, notes), loaded.config);
  loaded.config.drivers = drivers_of(loaded.config.driver_folders, loaded.complaints);
  if (!loaded.config.modems.empty()) {
    const auto items = groups_of((*document)["modems"]);
    check_drivers(items, loaded.config, notes);
    for (const Sign& sign : signs) check_sign(sign, items, loaded.config, notes);
  }
  sort(loaded.complaints);
  return loaded;
}

std::vector<std::string> known_keys() { return configuration().keys(); }

}  // namespace burstd::config

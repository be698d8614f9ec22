#include "config/loader.hpp"

#include <algorithm>
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

// What concerns modems beyond their own lines: a driver that exists, a port that no other has. `modems` has one
// item for each item of the list, sound or not.
void check_modems(const YAML::Node& list, const Config& config, Notes& notes) {
  std::vector<std::string_view> names{"generic"};
  for (const auto& driver : config.drivers) names.push_back(driver.name);
  std::map<std::string, std::string> owners;
  for (std::size_t i = 0; i < config.modems.size(); ++i) {
    const auto& modem = config.modems[i];
    const YAML::Node item = list[i];
    if (!modem.driver.empty() && std::ranges::find(names, modem.driver) == names.end()) {
      Slot("driver", item["driver"], notes)
          .complain("there is no driver \"" + modem.driver + "\"" + did_you_mean(modem.driver, names));
    }
    const auto [owner, is_first] = owners.try_emplace(modem.port, modem.name);
    if (!is_first && !modem.port.empty()) {
      Slot("port", item["port"], notes)
          .complain("\"" + modem.port + "\" is already the port of \"" + owner->second + "\"");
    }
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
  if (!loaded.config.modems.empty()) check_modems((*document)["modems"], loaded.config, notes);
  sort(loaded.complaints);
  return loaded;
}

std::vector<std::string> known_keys() { return configuration().keys(); }

}  // namespace burstd::config

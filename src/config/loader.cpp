#include "config/loader.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <sstream>

#include "config/document.hpp"
#include "config/drivers.hpp"
#include "config/sections.hpp"
#include "config/warnings.hpp"
#include "config/words.hpp"

namespace burstd::config {

namespace {

std::vector<modem::Driver> drivers_of(const DriverFolders& folders, std::vector<Complaint>& complaints) {
  auto installed = load_drivers(folders.installed, complaints);
  std::error_code ignored;
  if (!std::filesystem::exists(folders.local, ignored)) return installed;
  return merged(std::move(installed), load_drivers(folders.local, complaints));
}

constexpr const char* all_others = "default";  // of the categories

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

// Whatever is said of it: a name that is mistyped turns nothing on. What is no name at all was told already.
void check_categories(const Slot& slot, const std::vector<std::string_view>& known) {
  for (const std::string& category : slot.keys()) {
    if (std::ranges::find(known, category) != known.end() || !plain_name(category)) continue;
    slot.under(category)->complain("there is no such category under \"clinic\"" + did_you_mean(category, known));
  }
}

// "default" stands for every category that is not named.
void spread_windows(Config& config) {
  auto& windows = config.sending.windows;
  const auto others = windows.extract(all_others);
  if (others.empty()) return;
  for (const std::string& category : config.clinic.categories) windows.try_emplace(category, others.mapped());
}

// Where a modem is named, it must be one of the list; with "all" it may be one that is still to be found.
void check_modem_names(const YAML::Node& sending, const Config& config, Notes& notes) {
  if (config.finding.all) return;
  std::vector<std::string_view> names;
  for (const auto& modem : config.modems) names.push_back(modem.name);
  const auto unknown = [&](const std::string& name) { return std::ranges::find(names, name) == names.end(); };
  const auto sentence = [&](const std::string& name) {
    return "there is no modem \"" + name + "\" under \"modems\"" + did_you_mean(name, names);
  };
  for (const auto& [name, limits] : config.sending.limits_of) {
    if (unknown(name)) Slot("limits_of", sending["limits_of"], notes).under(name)->complain(sentence(name));
  }
  if (config.sending.routes.size() > gateway::most_routes) {
    Slot("routes", sending["routes"], notes)
        .complain("may have at most " + std::to_string(gateway::most_routes) + " entries");
  }
  for (std::size_t i = 0; i < config.sending.routes.size(); ++i) {
    for (const std::string& name : config.sending.routes[i].modems) {
      if (unknown(name)) Slot("modems", sending["routes"][i]["modems"], notes).complain(sentence(name));
    }
  }
}

// What concerns more than one section.
void check_sending(const YAML::Node& document, Config& config, Notes& notes) {
  config.sending.timezone = config.clinic.timezone;
  config.sending.country = config.clinic.country;
  const auto sending = document["sending"];
  if (!sending || !sending.IsMap()) return;
  const Slot slot("sending", sending, notes);
  std::vector<std::string_view> known(config.clinic.categories.begin(), config.clinic.categories.end());
  if (const auto doubtful = slot.under("doubtful")) check_categories(*doubtful, known);
  known.emplace_back(all_others);
  if (const auto windows = slot.under("windows")) check_categories(*windows, known);
  check_modem_names(sending, config, notes);
  spread_windows(config);
}

// "sending" of "sending.limits.per_day", by "limits"; of a key that several have, the first.
std::map<std::string, std::string> homes() {
  std::map<std::string, std::string> homes;
  for (const std::string& path : known_keys()) {
    const auto first = path.find('.');
    if (first == std::string::npos) continue;
    const auto second = path.find('.', first + 1);
    homes.try_emplace(path.substr(first + 1, second - first - 1), path.substr(0, first));
  }
  return homes;
}

}  // namespace

std::string to_warning(const Complaint& complaint) {
  Complaint warning = complaint;
  warning.sentence.insert(0, "warning: ");
  return to_string(warning);
}

namespace {

// That a file of them is another one shows at the next reload.
void note_drivers(const DriverFolders& folders, Values& values) {
  for (const auto& folder : {folders.installed, folders.local}) {
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
      if (entry.path().extension() != ".yaml") continue;
      std::ostringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      values["drivers." + entry.path().stem().string()] = std::to_string(std::hash<std::string>()(text.str()));
    }
  }
}

}  // namespace

Loaded load(const std::filesystem::path& file) {
  Loaded loaded;
  const auto document = read_document(file, loaded.complaints);
  if (!document) return loaded;
  loaded.values = values_of(*document);
  Notes notes(file.string(), loaded.complaints);
  notes.know_homes(homes());
  configuration().read(Slot("", *document, notes), loaded.config);
  note_drivers(loaded.config.driver_folders, loaded.values);
  loaded.config.drivers = drivers_of(loaded.config.driver_folders, loaded.complaints);
  if (!loaded.config.modems.empty()) {
    const auto items = groups_of((*document)["modems"]);
    check_drivers(items, loaded.config, notes);
    for (const Sign& sign : signs) check_sign(sign, items, loaded.config, notes);
  }
  Notes warnings(file.string(), loaded.warnings);
  warn_of_sending((*document)["sending"], loaded.config, warnings);
  check_sending(*document, loaded.config, notes);
  sort(loaded.complaints);
  sort(loaded.warnings);
  return loaded;
}

std::vector<std::string> known_keys() { return configuration().keys(); }

}  // namespace burstd::config

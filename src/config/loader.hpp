// The configuration file and the drivers' files, read and checked at once: every mistake is told with its line and
// column, not the first alone. app loads at start and before a reload, burstctl for `config check`; both refuse a
// configuration with any complaint. Nothing is opened here but these files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "api/options.hpp"
#include "clinic/options.hpp"
#include "config/changes.hpp"
#include "config/complaint.hpp"
#include "gateway/options.hpp"
#include "http/options.hpp"
#include "modem/driver.hpp"
#include "modem/options.hpp"
#include "store/options.hpp"

namespace burstd::config {

enum class LogLevel : std::uint8_t { error, warning, info, debug };

struct DriverFolders {
  std::filesystem::path installed = "/usr/share/burstd/drivers";
  std::filesystem::path local = "/etc/burstd/drivers";  // the key "override": its files win by name; need not exist
};

struct Config {
  store::Options record;
  http::Options socket;
  api::Options clients;
  gateway::Options sending;
  clinic::Options clinic;
  std::vector<modem::Options> modems;
  modem::Finding finding;  // `all` is said under "modems"
  DriverFolders driver_folders;
  std::vector<modem::Driver> drivers;
  LogLevel log_level = LogLevel::info;
};

struct Loaded {
  Config config;                      // to be used only when there is no complaint
  std::vector<Complaint> complaints;  // by place
  std::vector<Complaint> warnings;    // what can be run and is hardly meant, by place
  Values values;                      // as they were written, to see later what differs
};

// "burstd.yaml:12:3: warning: sentence"
std::string to_warning(const Complaint& complaint);

Loaded load(const std::filesystem::path& file);

// Every key of the file by its path: "api.socket", "modems.name", "clinic.templates.NAME.text".
std::vector<std::string> known_keys();

}  // namespace burstd::config

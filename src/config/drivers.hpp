// The drivers' files: one YAML file for each make of modem, named after the driver. The loader reads both folders with
// this, burstctl a single file for `driver check`. What is in them is judged by form only; whether a modem likes it
// shows when it is set up.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/complaint.hpp"
#include "modem/driver.hpp"

namespace burstd::config {

// One file; what it does not say is as in drivers/generic.yaml.
modem::Driver load_driver(const std::filesystem::path& file, std::vector<Complaint>& complaints);

// Every *.yaml of a folder, by name.
std::vector<modem::Driver> load_drivers(const std::filesystem::path& folder, std::vector<Complaint>& complaints);

// Those of `installed` of which `local` has none of the same name, and all of `local`; by name.
std::vector<modem::Driver> merged(std::vector<modem::Driver> installed, std::vector<modem::Driver> local);

std::vector<std::string> known_driver_keys();

}  // namespace burstd::config

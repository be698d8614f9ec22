// The configuration as the whole house judges it: config's complaints, and those that only the rooms themselves can
// have, such as a template with the name of a maintained one. At the start, for --check and before a reload.
#pragma once

#include <string>

#include "config/loader.hpp"

namespace burstd::app {

config::Loaded load_settings(const std::string& file);

}  // namespace burstd::app

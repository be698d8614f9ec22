// The table of every option of the configuration file: sections, keys, limits. loader.cpp reads a file by it. A new
// option is a row in sections.cpp or modem_sections.cpp and a line in config/burstd.yaml, which a test compares.
#pragma once

#include "config/loader.hpp"
#include "config/schema.hpp"

namespace burstd::config {

const Section<Config>& configuration();

}  // namespace burstd::config

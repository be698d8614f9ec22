// What can be run as it is written and is hardly meant: hours that shut for longer than a message lives, limits of
// which one is never reached. The loader tells of it beside the complaints; nobody is kept from starting by it.
#pragma once

#include "config/loader.hpp"
#include "config/slot.hpp"

namespace burstd::config {

// `sending` is the section as it was written, if it was; of windows before "default" is spread over the categories.
void warn_of_sending(const YAML::Node& sending, const Config& config, Notes& warnings);

}  // namespace burstd::config

// What a driver's file says, in words, for whoever wrote it: burstctl driver check shows it when there is no mistake.
// Judges nothing.
#pragma once

#include <string>

#include "modem/driver.hpp"

namespace burstd::ctl {

// Several lines, each with its line end.
std::string in_words(const modem::Driver& driver);

}  // namespace burstd::ctl

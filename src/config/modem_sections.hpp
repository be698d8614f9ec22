// The part of the table of options that concerns modems: one of them, and how they are found. sections.cpp puts it in
// its place.
#pragma once

#include "config/schema.hpp"
#include "modem/options.hpp"

namespace burstd::config {

Section<modem::Options> modem_table();
Section<modem::Finding> finding();

}  // namespace burstd::config

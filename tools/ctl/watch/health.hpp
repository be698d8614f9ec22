// How well the gateway is, as a monitoring system asks: figures held against thresholds, a word and a number for each.
// Pure; burstctl check --nagios asks and prints, a support bundle tells the same.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ctl/watch/figures.hpp"

namespace burstd::ctl {

// At or beyond which it is worth a warning, and worth waking somebody. 0: never.
struct Threshold {
  double warning = 0, critical = 0;
};

struct Thresholds {
  Threshold due{15, 60};         // minutes that what could go has waited
  Threshold queue{5000, 50000};  // messages that wait
  Threshold replies{24, 0};      // hours that a reply has waited for somebody to read it
  Threshold disk{10, 3};         // percent that are free: at or below
};

enum class Health : std::uint8_t { ok, warning, critical, unknown };

struct Finding {
  Health health = Health::ok;
  std::string sentence;
};

struct Diagnosis {
  Health health = Health::ok;            // the worst
  std::vector<Finding> findings;         // of those that are not well
  std::string summary;                   // "2 of 3 modems ready, 14 messages wait"
  std::vector<std::string> performance;  // "due=0s;900;3600;0"
};

Diagnosis diagnose(const Figures& figures, const Thresholds& thresholds);

}  // namespace burstd::ctl

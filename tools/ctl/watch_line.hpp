// The lines of whoever looks after the gateway without looking at messages: setup, metrics, top, reload,
// trust-clock, support-bundle, and check --nagios beside the check of a message. A part of the command line, which
// calls it once. Runs nothing itself.
#pragma once

#include "ctl/clock_command.hpp"
#include "ctl/finish.hpp"
#include "ctl/metrics_command.hpp"
#include "ctl/nagios.hpp"
#include "ctl/reload_command.hpp"
#include "ctl/setup_command.hpp"
#include "ctl/support_bundle.hpp"
#include "ctl/top_command.hpp"

namespace burstd::ctl {

struct WatchWishes {
  MetricsWish metrics;
  ReloadWish reload;
  ClockWish clock;
  BundleWish bundle;
  SetupWish setup;
};

void add_watch_commands(CLI::App& parent, WatchWishes& wishes, const Finish& finish);

// To "check", which needs no number and no text then.
void nagios_options(CLI::App& check, NagiosWish& wish);

}  // namespace burstd::ctl

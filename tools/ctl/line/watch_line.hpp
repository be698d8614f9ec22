// The lines of whoever looks after the gateway without looking at messages: setup, metrics, top, reload,
// trust-clock, support-bundle, and check --nagios beside the check of a message. A part of the command line, which
// calls it once. Runs nothing itself.
#pragma once

#include "ctl/care/clock_command.hpp"
#include "ctl/care/reload_command.hpp"
#include "ctl/care/setup_command.hpp"
#include "ctl/care/support_bundle.hpp"
#include "ctl/line/finish.hpp"
#include "ctl/watch/metrics_command.hpp"
#include "ctl/watch/nagios.hpp"
#include "ctl/watch/top_command.hpp"

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

// burstctl metrics: the gateway's figures on standard output, or in a file for a collector that reads files
// (node_exporter's textfile collector), because Prometheus cannot ask a Unix socket. Called by command_line.
#pragma once

#include <string>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct MetricsWish {
  std::string textfile;  // empty: standard output
};

// A file is replaced at once or not at all, and says burstd_up 0 where the gateway does not answer.
Exit print_metrics(const Session& session, const MetricsWish& wish);

}  // namespace burstd::ctl

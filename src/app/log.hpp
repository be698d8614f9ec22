// The log of the daemon: to the journal with fields of its own (BURSTD_EVENT, BURSTD_MODEM, BURSTD_MESSAGE, MESSAGE_ID)
// when standard error is the journal, as plain lines to standard error else. Floods are cut off by kind, and a whole
// number that a sentence may carry along is masked. main starts it; every room writes through spdlog.
#pragma once

#include "config/loader.hpp"

namespace burstd::app {

// `unsafe_trace`: what goes over the ports is written down as it is, texts and numbers included.
void start_log(config::LogLevel level, bool unsafe_trace);

// After a reload. An unsafe trace stays one.
void set_log_level(config::LogLevel level);

// Tells what was left out, as far as it is time; at the end all of it. Called now and then.
void tell_left_out(bool all = false);

}  // namespace burstd::app

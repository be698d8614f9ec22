// What is set once for the whole process before anything is opened: permissions of new files, ignored signals, room for
// file descriptors, the log. main calls it.
#pragma once

#include "config/loader.hpp"

namespace burstd::app {

// Nobody else reads what we write; a client that goes away is an error of a write, not our end; as many
// descriptors as the system lets us have.
void prepare_process();

// To standard error: with priorities for the journal when it listens there, with times otherwise.
void start_log(config::LogLevel level);

}  // namespace burstd::app

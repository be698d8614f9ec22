// What is set once for the whole process before anything is opened: permissions of new files, ignored signals, room for
// file descriptors. main calls it.
#pragma once

namespace burstd::app {

// Nobody else reads what we write; a client that goes away is an error of a write, not our end; as many
// descriptors as the system lets us have.
void prepare_process();

}  // namespace burstd::app

// What a large burst or a long list needed for a moment is given back to the system: glibc would keep it for good,
// because the queue that stays lies in between.
#pragma once

namespace burstd::app {

// Before the first thread starts: one heap for all of them, and large blocks beside it, so that all of it can go back.
void keep_memory_together();

// Asked now and then; does nothing while little is to be had.
void give_back_memory();

}  // namespace burstd::app

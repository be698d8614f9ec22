// burstctl burst preview, send: many messages from a file, looked at before they leave.
// Called by burst_line. Nothing here sends without a preview that exists and, for a file, a yes.
#pragma once

#include <string>

#include "ctl/burst/burst_file.hpp"
#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct Launch {
  Draft draft;  // draft.file holds FILE or ID as typed
  std::string select, deselect;
  bool yes = false;  // do not ask
  bool watch = false;
  bool all = false;  // of a preview: show every row
};

// Rows first, so that the summary and the ID are what is left on the screen.
Exit preview_burst(const Session& session, const Launch& launch);

// Exit::refused when nothing was accepted, or, with `watch`, when a message ended in Send Failed.
Exit send_burst(const Session& session, const Launch& launch);

}  // namespace burstd::ctl

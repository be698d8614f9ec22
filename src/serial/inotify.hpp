// The system calls of inotify, which tells what comes and goes in folders. Used by Watch only, which decides
// which folders; nothing here waits.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"

namespace burstd::serial {

struct Notice {
  int folder;        // as `watch_folder` numbered it; -1: notices were lost
  std::string name;  // of the entry; empty: it befell the folder itself
};

// A descriptor that does not block, or the sentence why there is none.
base::Result<int> open_inotify();

// The folder's number, the same for the same folder; or minus the number of the system's error.
int watch_folder(int inotify, const std::string& folder);
void forget_folder(int inotify, int folder);

// What has come, without waiting.
std::vector<Notice> read_notices(int inotify);

}  // namespace burstd::serial

// Where the record lives. config fills it from the section "record"; Writer and Reader take it. The folder is
// not made here: it is missing or it is right.
#pragma once

#include <filesystem>

namespace burstd::store {

struct Options {
  std::filesystem::path folder = "/var/lib/burstd";  // holds burstd.db and its lock file, mode 0700
  bool lay_out_log = false;                          // before the first commit: it waits, and all others are shorter
};

}  // namespace burstd::store

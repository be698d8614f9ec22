// Where the record lives. config fills it from the section "record"; Writer and Reader take it. The folder is
// not made here: it is missing or it is right.
#pragma once

#include <filesystem>

namespace burstd::store {

struct Options {
  std::filesystem::path folder = "/var/lib/burstd";  // holds burstd.db and its lock file, mode 0700
};

}  // namespace burstd::store

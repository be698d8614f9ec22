// Where the record lives and what it may do with its disk. config fills it from the section "record"; Writer, Reader
// and Caretaker take it. The folder is not made here: it is missing or it is right. Sizes are octets.
#pragma once

#include <cstdint>
#include <filesystem>

namespace burstd::store {

struct Options {
  std::filesystem::path folder = "/var/lib/burstd";  // holds burstd.db and its lock file, mode 0700
  bool lay_out_log = false;                          // before the first commit: it waits, and all others are shorter

  std::uint64_t low_disk = 256UL << 20;  // with less free space nothing new is accepted; 0: never
  std::uint64_t ballast = 16UL << 20;    // kept on the disk, and given up when it is full; 0: none
};

}  // namespace burstd::store

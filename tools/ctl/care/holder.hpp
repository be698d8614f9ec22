// Who holds a port: the processes that have it open, as the kernel tells it under /proc. `burstctl modems` names them
// when a modem's port is taken. Reads only; a user who is not root sees the processes of that user alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace burstd::ctl {

struct Holder {
  std::int64_t process = 0;
  std::string name;
};

struct Holders {
  std::vector<Holder> found;
  bool all_seen = true;  // false: some processes may not be looked into by this user
};

// Symbolic links (/dev/serial/by-id/…) are followed to the port itself first.
Holders holders_of(const std::filesystem::path& port, const std::filesystem::path& proc = "/proc");

// "The port is held by mmcli (process 812).", or what to do to learn who holds it.
std::string in_words(const Holders& holders);

}  // namespace burstd::ctl

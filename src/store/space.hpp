// How much room a file system has, how much the record takes of it, and sizes for people: a look at the files, not at
// the record. Asked by what watches the disk and by what needs room for a moment; nothing is kept or decided here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace burstd::store {

// For users other than root, in octets; all there is where the file system does not say.
std::uint64_t free_space(const std::filesystem::path& folder);

// "16 MiB"
std::string in_mib(std::uint64_t octets);

// In octets.
struct Space {
  std::uintmax_t record = 0;  // the record with its write-ahead log
  std::uintmax_t free = 0;    // on its disk, for burstd's user
  std::uintmax_t disk = 0;    // all of it
};

// Nothing: the system does not tell.
std::optional<Space> space_of(const std::filesystem::path& folder);

}  // namespace burstd::store
